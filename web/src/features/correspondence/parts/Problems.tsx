import type { Carrier } from '../queries'
import { howOften, problemOf } from '../words'

/** What kept messages from going lately, the most frequent first. */
export function Problems({ problems, zone }: { problems: Carrier['problems']; zone: string }) {
  return (
    <div>
      <h3 className="pb-1.5 text-12 font-medium text-muted">What went wrong</h3>
      <ul className="flex flex-col divide-y divide-line rounded-control border border-line">
        {problems.map(({ problem, times, last_at: last }) => {
          const { plain, said } = problemOf(problem)
          return (
            <li key={problem} className="px-3.5 py-2.5">
              <p className="break-words">{plain}</p>
              <p className="text-12 break-words text-muted">
                {howOften(times, last, zone)}
                {said !== '' && ` · ${said}`}
              </p>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

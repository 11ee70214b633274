import { useMe } from '@/api/me'
import { formatMoment } from '@/lib/dates'
import { Section } from '@/ui/Section'
import type { Person } from '../queries'

/** What administrators did with the account, by whom and why: from the audit trail. */
export function HistorySection({ history }: Pick<Person, 'history'>) {
  const zone = useMe().practice.timezone
  return (
    <Section title="What was done">
      {history.length === 0 ? (
        <p className="text-13 text-muted">Nothing yet.</p>
      ) : (
        <ol className="flex flex-col gap-3">
          {history.map(({ at, description, reason }, position) => (
            <li key={`${at} ${position}`} className="text-13">
              <span className="block break-words">{description}</span>
              {reason && <span className="block break-words text-muted">“{reason}”</span>}
              <time dateTime={at} className="block text-12 text-muted tabular">
                {formatMoment(at, zone)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

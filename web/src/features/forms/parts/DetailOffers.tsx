import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import type { Detail, Details } from '../words'

/** What the chart said of each ticked detail when it was ticked. */
export type Taken = Record<string, string>

type DetailOffersProps = { details: Details; zone: string; taken: Taken; onTake: (taken: Taken) => void; /** Said beside a detail that could not be taken over. */ problems: Record<string, string[]> }

/** What the chart says now, beside what the answers would make of it. Nothing is ticked by itself. */
export function DetailOffers({ details: { offers, may_take: mayTake, changed_at: changedAt }, zone, taken, onTake, problems }: DetailOffersProps) {
  const good = offers.filter(({ wrong }) => wrong === '')
  const tick = (what: Detail, now: string, on: boolean) => {
    const others = Object.entries(taken).filter(([each]) => each !== what)
    onTake(Object.fromEntries(on ? [...others, [what, now]] : others))
  }
  return (
    <div className="flex max-w-2xl flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-13 font-medium">Take over into the chart</h3>
        {mayTake && good.length > 1 && (
          <Button size="sm" onPress={() => onTake(Object.fromEntries(good.map(({ what, now }) => [what, now])))}>
            Tick all
          </Button>
        )}
      </div>
      {!mayTake && <p className="text-13 text-muted">Your role does not change a client’s details. Those who do can take these over from here: the client’s clinician, the front desk or an administrator. Leave the form to them if these are wanted: once it is accepted, nobody can take them over any more.</p>}
      {changedAt && <Alert tone="warning">The client’s details were changed after this form was sent, {formatMoment(changedAt, zone)}. Look which is newer.</Alert>}
      <ul className="flex flex-col divide-y divide-line border-y border-line">
        {offers.map(({ what, label, now, becomes, wrong }) => (
          <li key={what} className="grid grid-cols-[10rem_minmax(0,1fr)] gap-x-4 gap-y-1 py-2 text-14 phone:grid-cols-1">
            {mayTake && wrong === '' ? (
              <Checkbox checked={taken[what] === now} onChange={(on) => tick(what, now, on)}>
                {label}
              </Checkbox>
            ) : (
              <p className="font-medium">{label}</p>
            )}
            <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-2">
              <dt className="text-13 text-muted">Chart</dt>
              <dd className="min-w-0 break-words">{now || <span className="text-muted">{what === 'contact' ? 'Nobody of this name' : 'Empty'}</span>}</dd>
              <dt className="text-13 text-muted">Answer</dt>
              <dd className="min-w-0 font-medium break-words">{becomes}</dd>
            </dl>
            {(wrong || problems[what]?.[0]) && (
              <p role="alert" className="col-start-2 text-13 text-danger-text phone:col-start-1">
                {problems[what]?.[0] ?? wrong}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

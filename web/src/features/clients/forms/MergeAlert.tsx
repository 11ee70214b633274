import { useQuery } from '@tanstack/react-query'
import { formatPlainDate } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { staffQuery } from '../queries'
import { fieldWords, nobody, type FieldName } from './client-values'
import type { Merged } from './merge'

type MergeAlertProps = { merged: Merged; onChoose: (name: FieldName, value: string | null) => void; onStartOver: () => void }

/** Says what somebody else changed meanwhile, field by field, and lets one choose where both did. */
export function MergeAlert({ merged: { taken, clashes }, onChoose, onStartOver }: MergeAlertProps) {
  const { data: staff = [] } = useQuery(staffQuery())
  const words = (name: FieldName, value: string | null): string => {
    if (name === 'date_of_birth' && value) return formatPlainDate(value)
    if (name === 'primary_therapist_id') return value === nobody ? 'Nobody' : (staff.find(({ id }) => id === value)?.name ?? 'Somebody else')
    return value ? `“${value}”` : 'empty'
  }
  return (
    <Alert tone="warning" title="Not saved yet: somebody changed these details in the meantime">
      <p>Your entries are kept.{taken.length > 0 && ` Theirs were taken over for: ${taken.map((name) => fieldWords[name]).join(', ')}.`} Look it through, then save.</p>
      {clashes.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2">
          {clashes.map(({ name, mine, theirs }) => (
            <li key={name} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1 basis-60">
                <b className="font-medium">{fieldWords[name]}</b>: yours {words(name, mine)}, saved {words(name, theirs)}
              </span>
              <Button size="sm" onPress={() => onChoose(name, mine)} aria-label={`Keep mine for ${fieldWords[name]}`}>
                Keep mine
              </Button>
              <Button size="sm" onPress={() => onChoose(name, theirs)} aria-label={`Use what is saved for ${fieldWords[name]}`}>
                Use what is saved
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button size="sm" className="mt-2" onPress={onStartOver}>
        Drop my entries and show what is saved
      </Button>
    </Alert>
  )
}

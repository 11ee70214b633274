import { UserMinus, UserPlus } from 'lucide-react'
import { useApiMutation } from '@/api/queries'
import { formatPlainDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Link } from '@/ui/Link'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import { peopleReads, type Person } from '../queries'

type Supervision = Person['supervisors'][number]

/** Who supervises them and whom they supervise; ending it ends what the supervisor sees. */
export function SupervisionSection({ person, onAssign }: { person: Person; onAssign: () => void }) {
  const end = useApiMutation('delete', '/api/supervision/{supervision_id}', {
    invalidates: [...peopleReads],
    onSuccess: () => toast({ message: 'Supervision ended; the supervisor no longer sees these clients' }),
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  const row = (each: Supervision) => (
    <li key={each.id} className="flex items-center gap-2">
      <span className="min-w-0 flex-1">
        <Link tone="quiet" href={paths.person(each.person_id)} className="font-medium">
          {each.name}
        </Link>
        <span className="block text-12 text-muted">since {formatPlainDate(each.start_date)}</span>
      </span>
      <IconButton icon={UserMinus} size="sm" label={`End supervision with ${each.name}`} placement="left" className="-mr-2 shrink-0" busy={end.isPending && end.variables.params.path.supervision_id === each.id} onPress={() => end.mutate({ params: { path: { supervision_id: each.id } } })} />
    </li>
  )
  const { supervisors, supervisees, most_supervisees } = person
  const supervises = person.roles.includes('supervisor')
  return (
    <Section
      title="Supervision"
      aside={
        <Button size="sm" variant="quiet" icon={UserPlus} className="-mr-2.5" onPress={onAssign}>
          Assign supervisor
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <div>
          <h3 className="pb-1.5 text-12 font-medium text-muted">Supervised by</h3>
          {supervisors.length === 0 ? <p className="text-13 text-muted">Nobody</p> : <ul className="flex flex-col gap-2">{supervisors.map(row)}</ul>}
        </div>
        {(supervises || supervisees.length > 0) && (
          <div>
            <h3 className="pb-1.5 text-12 font-medium text-muted">
              Supervises {supervisees.length} of {most_supervisees}
            </h3>
            {supervisees.length === 0 ? <p className="text-13 text-muted">Nobody yet. Open an associate’s page to assign them.</p> : <ul className="flex flex-col gap-2">{supervisees.map(row)}</ul>}
          </div>
        )}
      </div>
    </Section>
  )
}

import { useSuspenseQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { useParams, type LoaderFunctionArgs } from 'react-router'
import { useMe } from '@/api/me'
import { prefetch } from '@/api/queries'
import { paths } from '@/lib/paths'
import { Link } from '@/ui/Link'
import { administersPeople } from '../can'
import { DetailsPanel } from '../forms/DetailsPanel'
import { RolesPanel } from '../forms/RolesPanel'
import { SupervisionPanel } from '../forms/SupervisionPanel'
import { AccountSection } from '../parts/AccountSection'
import { Concerns } from '../parts/Concerns'
import { DetailsSection } from '../parts/DetailsSection'
import { HistorySection } from '../parts/HistorySection'
import { PersonHeader } from '../parts/PersonHeader'
import { RolesSection } from '../parts/RolesSection'
import { SupervisionSection } from '../parts/SupervisionSection'
import { personQuery } from '../queries'
import { NotYours } from './PeoplePage'

export const loader = ({ params }: LoaderFunctionArgs) => prefetch(personQuery(params.personId ?? ''))

export function Component() {
  const { personId = '' } = useParams()
  return administersPeople(useMe()) ? <OnePerson key={personId} personId={personId} /> : <NotYours />
}

type Opened = 'details' | 'roles' | 'supervisor' | null

function OnePerson({ personId }: { personId: string }) {
  const { data: person } = useSuspenseQuery(personQuery(personId))
  const [opened, open] = useState<Opened>(null)
  const close = () => open(null)
  const supervised = person.roles.some((role) => ['associate', 'clinician', 'supervisor'].includes(role)) || person.supervisors.length > 0
  return (
    <>
      <p className="pb-3 text-13">
        <Link href={paths.people()} tone="quiet" className="inline-flex items-center gap-1 text-muted">
          <ChevronLeft aria-hidden className="size-4" />
          People
        </Link>
      </p>
      <PersonHeader person={person} />
      <Concerns person={person} onDetails={() => open('details')} onRoles={() => open('roles')} onSupervisor={() => open('supervisor')} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-6 gap-y-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex flex-col gap-4">
          <DetailsSection person={person} onEdit={() => open('details')} />
          <RolesSection person={person} onChange={() => open('roles')} />
          {supervised && <SupervisionSection person={person} onAssign={() => open('supervisor')} />}
        </div>
        <aside aria-label="Account" className="flex flex-col gap-4">
          <AccountSection person={person} />
          <HistorySection history={person.history} />
        </aside>
      </div>
      <DetailsPanel person={person} open={opened === 'details'} onClose={close} />
      <RolesPanel person={person} open={opened === 'roles'} onClose={close} />
      <SupervisionPanel person={person} open={opened === 'supervisor'} onClose={close} />
    </>
  )
}

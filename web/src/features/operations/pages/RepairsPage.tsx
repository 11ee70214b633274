import { useQuery } from '@tanstack/react-query'
import { useLive } from '@/api/live'
import { useMe } from '@/api/me'
import { paths } from '@/lib/paths'
import { ErrorState } from '@/ui/ErrorState'
import { Link } from '@/ui/Link'
import { LinkButton } from '@/ui/LinkButton'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { runsOperations } from '../can'
import { AdministratorsOnly } from '../parts/AdministratorsOnly'
import { DowntimeSection } from '../parts/DowntimeSection'
import { JobList } from '../parts/JobList'
import { LimitList } from '../parts/LimitList'
import { StatementList } from '../parts/StatementList'
import { repairsQuery } from '../queries'

const AGAIN_MS = 20_000

/** What is put right by hand, each with a reason that stays in the audit trail. For administrators. */
export function Component() {
  const me = useMe()
  if (!runsOperations(me)) return <AdministratorsOnly what="Repairs" />
  return (
    <>
      <PageHeader title="Repairs" subtitle="What is put right by hand. Each repair asks why, and stands in the audit trail." actions={<LinkButton href={paths.operations()}>Operations</LinkButton>} />
      <Repairs zone={me.practice.timezone} />
    </>
  )
}

function Repairs({ zone }: { zone: string }) {
  const asked = { ...repairsQuery(), refetchOnWindowFocus: false }
  const { data, error, refetch } = useQuery(asked)
  useLive(asked, AGAIN_MS)
  if (error && !data) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!data) return <SkeletonRows rows={8} label="Looking what there is to repair" />
  return (
    <div className="flex flex-col gap-4">
      <JobList jobs={data.jobs} zone={zone} />
      <StatementList statements={data.statements} />
      <LimitList limits={data.limits} zone={zone} />
      <DowntimeSection zone={zone} />
      <Elsewhere />
    </div>
  )
}

/** Repairs that have a page of their own. */
function Elsewhere() {
  return (
    <Section title="Repaired elsewhere">
      <ul className="flex flex-col gap-2 text-13">
        <li>
          An account that is locked, a second factor that is lost, a link to confirm an address: at the person, under <Link href={paths.people()}>People</Link>.
        </li>
        <li>
          Another key for the provider of e-mail or texts: under <Link href={paths.carriers()}>Carriers</Link>.
        </li>
        <li>
          A message that was given up, to be sent again: in the <Link href={paths.messages()}>Outbox</Link>.
        </li>
        <li>
          Files that are missing, backups and restore drills: under <Link href={paths.storage()}>Storage</Link>.
        </li>
      </ul>
    </Section>
  )
}

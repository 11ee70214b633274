import { useSuspenseQuery } from '@tanstack/react-query'
import { ChevronLeft, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '@/api/me'
import { prefetch } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { roleName } from '@/lib/roles'
import { Card } from '@/ui/Card'
import { EmptyState } from '@/ui/EmptyState'
import { Link } from '@/ui/Link'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { Table } from '@/ui/Table'
import { administersPeople } from '../can'
import { PeopleTable } from '../parts/PeopleTable'
import { reportQuery } from '../queries'
import { NotYours } from './PeoplePage'

export const loader = () => prefetch(reportQuery())

type Report = Schema<'PeopleReportOut'>
type ListName = { [Name in keyof Report]: Report[Name] extends Schema<'UserRow'>[] ? Name : never }[keyof Report]

/** What is wrong first; each list names whom to see to, and their page has the press that helps. */
const lists: readonly { name: ListName; title: string; sentence: string }[] = [
  { name: 'no_role', title: 'Without a role', sentence: 'They can sign in and nothing opens. Give them a role, or deactivate them.' },
  { name: 'no_supervisor', title: 'Associates without a supervisor', sentence: 'An associate works under supervision.' },
  { name: 'licenses', title: 'Licenses that are missing, run out, or will within 60 days', sentence: 'Of everybody whose work takes one.' },
  { name: 'no_second_factor', title: 'Without a second factor', sentence: 'Their next sign-in asks for one before anything else opens.' },
  { name: 'stale', title: 'Not used for 90 days', sentence: 'Deactivate what nobody needs: it is a door that nobody watches.' },
  { name: 'waiting', title: 'Invited and not here yet', sentence: 'Send the invitation again, or deactivate the account.' },
]

export function Component() {
  return administersPeople(useMe()) ? <PeopleReport /> : <NotYours />
}

function PeopleReport() {
  const zone = useMe().practice.timezone
  const { data: report } = useSuspenseQuery(reportQuery())
  const found = lists.filter(({ name }) => report[name].length > 0)
  return (
    <>
      <p className="pb-3 text-13">
        <Link href={paths.people()} tone="quiet" className="inline-flex items-center gap-1 text-muted">
          <ChevronLeft aria-hidden className="size-4" />
          People
        </Link>
      </p>
      <PageHeader title="Accounts" subtitle={`As of ${formatMoment(report.as_of, zone)}`} />
      <div className="flex flex-col gap-6">
        {found.length === 0 && (
          <Card>
            <EmptyState icon={CircleCheck} title="Nothing to see to">
              Everybody has a role, a second factor and, where it is due, a license in force and a supervisor.
            </EmptyState>
          </Card>
        )}
        {found.map(({ name, title, sentence }) => (
          <Section key={name} title={title} flush aside={<span className="text-13 text-muted tabular">{report[name].length}</span>}>
            <Sentence>{sentence}</Sentence>
            <PeopleTable people={report[name]} label={title} />
          </Section>
        ))}
        <Adoption report={report} />
      </div>
    </>
  )
}

const Sentence = ({ children }: { children: ReactNode }) => <p className="border-b border-line px-4 py-2 text-13 text-muted">{children}</p>

const share = (some: number, all: number) => `${some} of ${all}`

function Adoption({ report }: { report: Report }) {
  return (
    <Section title="Second factors" flush>
      <Sentence>
        {share(report.with_second_factor, report.people)} people who have set their account up use a second factor, {report.with_passkey} of them a passkey.
      </Sentence>
      <Table
        label="Second factors by role"
        rows={report.adoption}
        rowKey={({ role }) => role}
        columns={[
          { id: 'role', title: 'Role', cell: ({ role }) => roleName(role) },
          { id: 'factor', title: 'With a second factor', cell: ({ with_second_factor, people }) => <Meter some={with_second_factor} all={people} />, phone: 'detail' },
          { id: 'passkey', title: 'With a passkey', cell: ({ with_passkey, people }) => <span className="tabular">{share(with_passkey, people)}</span>, phone: 'hide' },
        ]}
      />
    </Section>
  )
}

function Meter({ some, all }: { some: number; all: number }) {
  return (
    <span className="flex items-center gap-3">
      <span aria-hidden className="h-1.5 w-28 overflow-hidden rounded-full bg-pressed">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${all === 0 ? 0 : (100 * some) / all}%` }} />
      </span>
      <span className="tabular">{share(some, all)}</span>
    </span>
  )
}

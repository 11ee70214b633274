import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { CalendarDays, Check, Inbox } from 'lucide-react'
import { expect, test, vi } from 'vitest'
import { axeViolations } from '@/test/axe'
import { Alert } from './Alert'
import { Avatar } from './Avatar'
import { Badge } from './Badge'
import { Button } from './Button'
import { Card } from './Card'
import { Chip } from './Chip'
import { DescriptionList, KeyValue } from './DescriptionList'
import { EmptyState } from './EmptyState'
import { ErrorState } from './ErrorState'
import { IconButton } from './IconButton'
import { Kbd } from './Kbd'
import { Menu } from './Menu'
import { PageHeader } from './PageHeader'
import { Panel } from './Panel'
import { Section } from './Section'
import { SkeletonRows } from './Skeleton'
import { StatusBadge } from './StatusBadge'
import { Table, type Column } from './Table'
import { Tabs } from './Tabs'
import { Timeline } from './Timeline'

type Row = { id: string; name: string; next: string }
const columns: Column<Row>[] = [
  { id: 'name', title: 'Name', cell: (row) => row.name, sortable: true },
  { id: 'next', title: 'Next session', cell: (row) => row.next, align: 'end', phone: 'side' },
]
const rows: Row[] = [{ id: 'c1', name: 'Cleo Marsh', next: 'Tue 24 Nov' }]

test('what only shows things breaks no rule', async () => {
  render(
    <main>
      <PageHeader title="Clients" subtitle="24 active" actions={<Button variant="primary">New client</Button>} />
      <Alert tone="warning" title="Two clients share this name">
        Check the date of birth.
      </Alert>
      <div role="group" aria-label="Filters">
        <Chip selected count={3} onChange={vi.fn()}>
          Active
        </Chip>
      </div>
      <Avatar name="Cleo Marsh" />
      <Badge count={120} label="120 notes to write" urgent />
      <StatusBadge tone="green" icon={Check} label="Signed" />
      <IconButton icon={Inbox} label="Open the inbox" />
      <Section title="Facts" aside={<Kbd keys="mod+k" />}>
        <DescriptionList items={[{ term: 'Born', value: '12 Apr 1991' }]} />
        <DescriptionList layout="stack" items={[{ term: 'Pronouns', value: 'she/her' }]} />
        <KeyValue term="MRN">MS-000123</KeyValue>
      </Section>
      <Card>
        <Timeline label="Day" items={[{ id: '1', when: '3:00 pm', icon: CalendarDays, tone: 'blue', title: 'Cleo Marsh', aside: <StatusBadge tone="blue" icon={Check} label="Arrived" />, children: '50 min', current: true }]} />
      </Card>
      <Tabs label="Chart" value="notes" tabs={[{ id: 'notes', label: 'Notes', count: 2 }, { id: 'plan', label: 'Plan' }]}>
        <EmptyState icon={Inbox} title="No notes yet">
          They appear after the first session.
        </EmptyState>
      </Tabs>
      <ErrorState title="Not loaded" onRetry={vi.fn()}>
        The server could not be reached.
      </ErrorState>
      <SkeletonRows />
    </main>,
  )
  expect(await axeViolations(document.body)).toEqual([])
  expect(screen.getByRole('tab', { name: /Notes/ })).toHaveAttribute('aria-selected', 'true')
})

test('a table\'s row is a link with a name, and its columns sort', async () => {
  const sort = vi.fn()
  render(<Table label="Clients" columns={columns} rows={rows} rowKey={(row) => row.id} rowHref={(row) => `/clients/${row.id}`} sort={{ column: 'name', direction: 'ascending' }} onSort={sort} />)
  const table = screen.getByRole('table', { name: 'Clients' })
  expect(within(table).getByRole('link', { name: 'Cleo Marsh' })).toHaveAttribute('href', '/clients/c1')
  expect(within(table).getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending')
  await userEvent.click(within(table).getByRole('button', { name: 'Name' }))
  expect(sort).toHaveBeenCalledWith({ column: 'name', direction: 'descending' })
  expect(await axeViolations(document.body)).toEqual([])
})

test('an empty table says why', () => {
  render(<Table label="Clients" columns={columns} rows={[]} rowKey={(row) => row.id} empty={<EmptyState icon={Inbox} title="No client matches" />} />)
  expect(screen.queryByRole('table')).not.toBeInTheDocument()
  expect(screen.getByRole('heading', { name: 'No client matches' })).toBeVisible()
})

test('a menu opens by keyboard and says why an entry is off', async () => {
  const cancel = vi.fn()
  render(<Menu label="Session" trigger={<Button>More</Button>} groups={[{ id: 'do', items: [{ id: 'cancel', label: 'Cancel session', danger: true, onAction: cancel }, { id: 'no', label: 'Delete session', disabledReason: 'It has a note.' }] }]} />)
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByRole('menuitem', { name: /Delete session.*It has a note/ })).toHaveAttribute('aria-disabled', 'true')
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('menuitem', { name: 'Cancel session' }))
  expect(cancel).toHaveBeenCalledOnce()
})

test('a panel has a name and closes with Esc', async () => {
  const close = vi.fn()
  render(
    <Panel title="New session" open onClose={close} footer={<Button variant="primary">Book session</Button>}>
      <p>Fields</p>
    </Panel>,
  )
  expect(await screen.findByRole('dialog', { name: 'New session' })).toBeVisible()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.keyboard('{Escape}')
  expect(close).toHaveBeenCalled()
})

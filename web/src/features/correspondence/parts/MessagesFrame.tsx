import type { ReactNode } from 'react'
import { useMe } from '@/api/me'
import { paths } from '@/lib/paths'
import { PageHeader } from '@/ui/PageHeader'
import { Tabs } from '@/ui/Tabs'
import { runsOutbox } from '../can'

type TabId = 'outbox' | 'rules' | 'wordings' | 'look' | 'carriers' | 'stopped'
const all = [
  { id: 'outbox', label: 'Outbox', href: paths.messages() },
  { id: 'rules', label: 'Rules', href: paths.notificationRules() },
  { id: 'wordings', label: 'Wordings', href: paths.wordings() },
  { id: 'look', label: 'Look', href: paths.mailLook() },
  { id: 'carriers', label: 'Carriers', href: paths.carriers() },
  { id: 'stopped', label: 'Stopped addresses', href: paths.stoppedAddresses() },
] as const

/** Around the six pages of messages. Who does not run the outbox has the last alone, and so no tabs. */
export function MessagesFrame({ tab, children }: { tab: TabId; children: ReactNode }) {
  if (!runsOutbox(useMe())) {
    return (
      <>
        <PageHeader title="Stopped addresses" subtitle="Addresses and numbers that no message is sent to, and what helps." />
        {children}
      </>
    )
  }
  return (
    <>
      <PageHeader title="Messages" subtitle="What the practice writes to people by itself, and how that arrives." />
      <Tabs label="Messages" value={tab} tabs={all}>
        <div className="flex flex-col gap-3 pt-4">{children}</div>
      </Tabs>
    </>
  )
}

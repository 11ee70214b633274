import { Lock } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useMe } from '@/api/me'
import { paths } from '@/lib/paths'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { Tabs } from '@/ui/Tabs'
import { seesReminders, setsReminders } from '../can'
import { QueueTab } from '../parts/QueueTab'
import { SettingsTab } from '../parts/SettingsTab'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

export function Component() {
  const me = useMe()
  const [address] = useSearchParams()
  if (!seesReminders(me)) {
    return (
      <EmptyState icon={Lock} title="Reminders are not part of your role" level={1}>
        Those who book and treat see what clients are reminded of.
      </EmptyState>
    )
  }
  const sets = setsReminders(me)
  const tab = sets && address.get('tab') === 'settings' ? 'settings' : 'queue'
  return (
    <>
      <PageHeader title="Reminders" subtitle="What clients are told of their appointments: what is planned, what has gone, and what did not arrive." />
      {sets ? (
        <Tabs
          label="Reminders"
          value={tab}
          tabs={[
            { id: 'queue', label: 'Messages', href: paths.reminders() },
            { id: 'settings', label: 'Settings', href: paths.remindersTab('settings') },
          ]}
        >
          <div className="pt-4">{tab === 'settings' ? <SettingsTab /> : <QueueTab />}</div>
        </Tabs>
      ) : (
        <QueueTab />
      )}
    </>
  )
}

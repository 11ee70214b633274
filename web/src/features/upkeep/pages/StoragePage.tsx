import { useQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useMe } from '@/api/me'
import { paths } from '@/lib/paths'
import { isOneOf } from '@/lib/search'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { Tabs } from '@/ui/Tabs'
import { keepsStorage } from '../can'
import { BackupsTab } from '../parts/BackupsTab'
import { CheckTab } from '../parts/CheckTab'
import { ClearTab } from '../parts/ClearTab'
import { ConnectionTab } from '../parts/ConnectionTab'
import { UsageTab } from '../parts/UsageTab'
import { storageQuery } from '../queries'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

const labels = { usage: 'Usage', check: 'Check', clear: 'Clear up', backups: 'Backups', connection: 'S3' } as const
type TabId = keyof typeof labels

/** Where files are kept, for administrators. */
export function Component() {
  const me = useMe()
  if (!keepsStorage(me)) {
    return (
      <EmptyState icon={Lock} title="Storage is the administrators’" level={1}>
        If a document does not open, tell an administrator of your practice.
      </EmptyState>
    )
  }
  return <Storage zone={me.practice.timezone} />
}

function Storage({ zone }: { zone: string }) {
  const [address] = useSearchParams()
  const isS3 = useQuery(storageQuery()).data?.store === 's3'
  const asked = address.get('tab')
  const tab = isOneOf(labels, asked) && (asked !== 'connection' || isS3) ? asked : 'usage'
  const tabs = (Object.keys(labels) as TabId[]).filter((id) => id !== 'connection' || isS3)
  return (
    <>
      <PageHeader title="Storage" subtitle="Where files are kept, whether all are there, what can be cleared up, and what can be brought back." />
      <Tabs label="Storage" value={tab} tabs={tabs.map((id) => ({ id, label: labels[id], href: id === 'usage' ? paths.storage() : paths.storageTab(id) }))}>
        <div className="pt-4">
          {tab === 'usage' && <UsageTab zone={zone} />}
          {tab === 'check' && <CheckTab zone={zone} />}
          {tab === 'clear' && <ClearTab zone={zone} />}
          {tab === 'backups' && <BackupsTab zone={zone} />}
          {tab === 'connection' && <ConnectionTab />}
        </div>
      </Tabs>
    </>
  )
}

import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { useAlertSummary } from '@/api/alerts'
import { useMe } from '@/api/me'
import { paths } from '@/lib/paths'
import { isOneOf } from '@/lib/search'
import { LinkButton } from '@/ui/LinkButton'
import { PageHeader } from '@/ui/PageHeader'
import { SkeletonRows } from '@/ui/Skeleton'
import { Tabs } from '@/ui/Tabs'
import { runsOperations } from '../can'
import { AdministratorsOnly } from '../parts/AdministratorsOnly'
import { ChecklistTab } from '../parts/ChecklistTab'
import { DatabaseTab } from '../parts/DatabaseTab'
import { HistoryTab } from '../parts/HistoryTab'
import { MaintenanceTab } from '../parts/MaintenanceTab'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

/** Charts are large: only who looks at them loads them. */
const PerformanceTab = lazy(() => import('../parts/PerformanceTab'))

const labels = { morning: 'Morning', end_of_day: 'End of day', performance: 'Performance', database: 'Database', maintenance: 'Maintenance', history: 'Signed' } as const
type TabId = keyof typeof labels

/** How the product is, for administrators: what is wrong first, with what to do about it. */
export function Component() {
  const me = useMe()
  const summary = useAlertSummary()
  const [address] = useSearchParams()
  if (!runsOperations(me)) return <AdministratorsOnly what="Operations" />
  const asked = address.get('tab')
  const tab = isOneOf(labels, asked) ? asked : 'morning'
  const zone = me.practice.timezone
  return (
    <>
      <PageHeader
        title="Operations"
        subtitle="How the product is: the daily checklists answer themselves, and say what to do."
        actions={
          <>
            <LinkButton href={paths.operationsIncidents()}>Incidents</LinkButton>
            <LinkButton href={paths.repairs()}>Repairs</LinkButton>
            <LinkButton href={paths.alerts()}>{summary && summary.open > 0 ? `Alerts: ${summary.open} open` : 'Alerts'}</LinkButton>
          </>
        }
      />
      <Tabs label="Operations" value={tab} tabs={(Object.keys(labels) as TabId[]).map((id) => ({ id, label: labels[id], href: id === 'morning' ? paths.operations() : paths.operationsTab(id) }))}>
        <div className="pt-4">
          {(tab === 'morning' || tab === 'end_of_day') && <ChecklistTab key={tab} kind={tab} zone={zone} />}
          {tab === 'performance' && (
            <Suspense fallback={<SkeletonRows rows={8} label="Loading the charts" />}>
              <PerformanceTab zone={zone} />
            </Suspense>
          )}
          {tab === 'database' && <DatabaseTab zone={zone} />}
          {tab === 'maintenance' && <MaintenanceTab zone={zone} />}
          {tab === 'history' && <HistoryTab zone={zone} />}
        </div>
      </Tabs>
    </>
  )
}

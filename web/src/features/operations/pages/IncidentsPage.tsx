import { useQuery } from '@tanstack/react-query'
import { Siren } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useLive } from '@/api/live'
import { useMe } from '@/api/me'
import { paths } from '@/lib/paths'
import { isOneOf } from '@/lib/search'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { LinkButton } from '@/ui/LinkButton'
import { PageHeader } from '@/ui/PageHeader'
import { Tabs } from '@/ui/Tabs'
import { listed } from '../alert-words'
import { runsOperations } from '../can'
import { OpenIncidentDialog } from '../forms/OpenIncidentDialog'
import { AdministratorsOnly } from '../parts/AdministratorsOnly'
import { IncidentList } from '../parts/IncidentList'
import { IncidentRulesTab } from '../parts/IncidentRulesTab'
import { OnCallTab } from '../parts/OnCallTab'
import { incidentSummaryQuery } from '../queries'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

const labels = { open: 'Open', over: 'Over', oncall: 'On call', rules: 'What opens one' } as const
type TabId = keyof typeof labels

/** What people put right together, who is called for it, and what was learnt. For administrators. */
export function Component() {
  const me = useMe()
  if (!runsOperations(me)) return <AdministratorsOnly what="Incidents" />
  return <Incidents zone={me.practice.timezone} />
}

function Incidents({ zone }: { zone: string }) {
  const [address] = useSearchParams()
  const about = address.get('about')
  const [opening, open] = useState(about !== null)
  const asked = { ...incidentSummaryQuery(), refetchOnWindowFocus: false }
  const { data: summary } = useQuery(asked)
  useLive(asked)
  const wanted = address.get('tab')
  const tab = isOneOf(labels, wanted) ? wanted : 'open'
  const late = [
    ...(summary && summary.late_post_mortems > 0 ? [counted(summary.late_post_mortems, 'post-mortem')] : []),
    ...(summary && summary.late_action_items > 0 ? [counted(summary.late_action_items, 'action item')] : []),
  ]
  return (
    <>
      <PageHeader
        title="Incidents"
        subtitle={summary ? `On call now: ${summary.on_call.length > 0 ? listed(summary.on_call) : 'nobody'}${summary.is_me ? ' (you)' : ''}.` : 'What people put right together, and what was learnt.'}
        actions={
          <>
            <LinkButton href={paths.operations()}>Operations</LinkButton>
            <LinkButton href={paths.alerts()}>Alerts</LinkButton>
            <Button variant="primary" icon={Siren} onPress={() => open(true)}>
              Open an incident
            </Button>
          </>
        }
      />
      {late.length > 0 && (
        <Alert tone="warning" className="mb-3">
          Overdue: {listed(late)}.
        </Alert>
      )}
      <Tabs
        label="Incidents"
        value={tab}
        tabs={(Object.keys(labels) as TabId[]).map((id) => ({ id, label: labels[id], href: id === 'open' ? paths.operationsIncidents() : paths.operationsIncidentsTab(id), ...(id === 'open' && summary && summary.open > 0 && { count: summary.open }) }))}
      >
        <div className="pt-4">
          {(tab === 'open' || tab === 'over') && <IncidentList key={tab} state={tab} zone={zone} />}
          {tab === 'oncall' && <OnCallTab zone={zone} />}
          {tab === 'rules' && <IncidentRulesTab />}
        </div>
      </Tabs>
      {opening && <OpenIncidentDialog {...(about !== null && { about: { security_incident_id: about }, title: 'the security incident you come from', severity: 'P1' as const })} onClose={() => open(false)} />}
    </>
  )
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

import { Lock } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useMe } from '@/api/me'
import { isOneOf } from '@/lib/search'
import { EmptyState } from '@/ui/EmptyState'
import { LinkButton } from '@/ui/LinkButton'
import { PageHeader } from '@/ui/PageHeader'
import { Tabs } from '@/ui/Tabs'
import { paths } from '@/lib/paths'
import { oversees } from '../can'
import { Figures } from '../parts/Figures'
import { IncidentsTab } from '../parts/IncidentsTab'
import { RulesTab } from '../parts/RulesTab'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

const tabs = { checks: 'Checks', incidents: 'Incidents', rules: 'Alert rules' } as const
type TabId = keyof typeof tabs

export function Component() {
  const me = useMe()
  const [address] = useSearchParams()
  if (!oversees(me)) {
    return (
      <EmptyState icon={Lock} title="Security is not part of your role" level={1} action={<LinkButton href={paths.concern()}>Report a concern</LinkButton>}>
        Administrators look into what is odd. If you noticed something, tell them.
      </EmptyState>
    )
  }
  const asked = address.get('tab')
  const tab = isOneOf(tabs, asked) ? asked : 'checks'
  const zone = me.practice.timezone
  return (
    <>
      <PageHeader title="Security" subtitle="What is odd, and what was done about it." actions={<LinkButton href={paths.concern()}>Report a concern</LinkButton>} />
      <Tabs label="Security" value={tab} tabs={Object.entries(tabs).map(([id, label]) => ({ id: id as TabId, label, href: id === 'checks' ? paths.security() : paths.securityTab(id) }))}>
        <div className="pt-4">
          {tab === 'checks' && <Figures zone={zone} />}
          {tab === 'incidents' && <IncidentsTab zone={zone} />}
          {tab === 'rules' && <RulesTab />}
        </div>
      </Tabs>
    </>
  )
}

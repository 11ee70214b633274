import { Lock } from 'lucide-react'
import { useSearchParams, type ShouldRevalidateFunctionArgs } from 'react-router'
import { useMe } from '@/api/me'
import { EmptyState } from '@/ui/EmptyState'
import { LinkButton } from '@/ui/LinkButton'
import { PageHeader } from '@/ui/PageHeader'
import { Tabs } from '@/ui/Tabs'
import { paths } from '@/lib/paths'
import { oversees } from '../can'
import { Figures } from '../parts/Figures'
import { IncidentsTab } from '../parts/IncidentsTab'
import { RulesTab } from '../parts/RulesTab'

/** Tabs are answered by the page itself. */
export const shouldRevalidate = ({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) =>
  currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search ? false : defaultShouldRevalidate

const tabs = { checks: 'Checks', incidents: 'Incidents', rules: 'Alert rules' } as const
type TabId = keyof typeof tabs
const isTab = (text: string | null): text is TabId => text !== null && Object.hasOwn(tabs, text)

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
  const tab = isTab(asked) ? asked : 'checks'
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

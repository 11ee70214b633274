import { useSearchParams } from 'react-router'
import { useAlertSummary } from '@/api/alerts'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatMinutes } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { isOneOf } from '@/lib/search'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { LinkButton } from '@/ui/LinkButton'
import { PageHeader } from '@/ui/PageHeader'
import { Tabs } from '@/ui/Tabs'
import { toast } from '@/ui/toast-queue'
import { channels, listed } from '../alert-words'
import { runsOperations } from '../can'
import { AdministratorsOnly } from '../parts/AdministratorsOnly'
import { AlertList } from '../parts/AlertList'
import { AlertRulesTab } from '../parts/AlertRulesTab'
import { AlertWebhookTab } from '../parts/AlertWebhookTab'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

const labels = { open: 'Open', history: 'Over', rules: 'Rules', webhook: 'Webhook' } as const
type TabId = keyof typeof labels

/** What is wrong with the product, who was told, and what to do. For administrators. */
export function Component() {
  const me = useMe()
  if (!runsOperations(me)) return <AdministratorsOnly what="Alerts" />
  return <Alerts zone={me.practice.timezone} />
}

function Alerts({ zone }: { zone: string }) {
  const [address] = useSearchParams()
  const summary = useAlertSummary()
  const asked = address.get('tab')
  const tab = isOneOf(labels, asked) ? asked : 'open'
  const test = useApiMutation('post', '/api/operations/alert-tests', {
    invalidates: ['/api/operations/alert-webhook', '/api/notifications/unread'],
    onSuccess: ({ channels: by }) => toast({ message: `Test alert sent by ${listed(by.map((one) => channels[one].toLowerCase()))}` }),
  })
  return (
    <>
      <PageHeader
        title="Alerts"
        subtitle="What is not as it should be, who was told, and what to do."
        actions={
          <>
            <LinkButton href={paths.operations()}>Operations</LinkButton>
            <LinkButton href={paths.operationsIncidents()}>Incidents</LinkButton>
            <Button busy={test.isPending} onPress={() => test.mutate({})}>
              Send a test alert
            </Button>
          </>
        }
      />
      {test.error && (
        <Alert tone="danger" className="mb-3">
          {test.error.detail}
        </Alert>
      )}
      {summary?.is_silent && (
        <Alert tone="danger" title={`Nothing has been evaluated${summary.silent_seconds === null ? '' : ` for ${formatMinutes(Math.round(summary.silent_seconds / 60))}`}`} className="mb-3">
          What stands below is as it was when the product last looked. Look at the output of <code>mentalspace up</code> on the machine, and start it anew if need be.
        </Alert>
      )}
      <Tabs
        label="Alerts"
        value={tab}
        tabs={(Object.keys(labels) as TabId[]).map((id) => ({ id, label: labels[id], href: id === 'open' ? paths.alerts() : paths.alertsTab(id), ...(id === 'open' && summary && summary.open > 0 && { count: summary.open }) }))}
      >
        <div className="pt-4">
          {tab === 'open' && <AlertList key="open" stage="standing" zone={zone} />}
          {tab === 'history' && <AlertList key="history" stage="resolved" zone={zone} />}
          {tab === 'rules' && <AlertRulesTab />}
          {tab === 'webhook' && <AlertWebhookTab zone={zone} />}
        </div>
      </Tabs>
    </>
  )
}

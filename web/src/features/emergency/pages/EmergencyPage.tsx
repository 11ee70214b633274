import { Lock } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useMe } from '@/api/me'
import { prefetch } from '@/api/queries'
import { paths } from '@/lib/paths'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { Tabs } from '@/ui/Tabs'
import { breaksGlass, reviews } from '../can'
import { OpenForm } from '../forms/OpenForm'
import { AccessTable } from '../parts/AccessTable'
import { myAccessQuery, othersAccessQuery } from '../queries'

export const loader = () => prefetch()

type TabId = 'open' | 'review'

/** The one door to a chart that is not one's own, and the queue of those who look after it. */
export function Component() {
  const me = useMe()
  const [address] = useSearchParams()
  const tabs: { id: TabId; label: string; href: string }[] = [
    ...(breaksGlass(me) ? [{ id: 'open' as const, label: 'Open a chart', href: paths.emergency() }] : []),
    ...(reviews(me) ? [{ id: 'review' as const, label: 'Review', href: paths.emergencyReview() }] : []),
  ]
  const [first] = tabs
  if (!first) {
    return (
      <EmptyState icon={Lock} title="Emergency access is not part of your role" level={1}>
        It is for those who treat clients. If somebody is in danger, call a clinician of the practice.
      </EmptyState>
    )
  }
  const tab = tabs.find(({ id }) => id === address.get('tab'))?.id ?? first.id
  const content = tab === 'open' ? <OpenTab /> : <ReviewTab />
  return (
    <>
      <PageHeader title="Emergency access" subtitle={breaksGlass(me) ? 'A chart that is not yours, when somebody’s safety depends on it.' : 'Who opened a chart that is not theirs, why, and what they looked at.'} />
      {tabs.length > 1 ? (
        <Tabs label="Emergency access" value={tab} tabs={tabs}>
          <div className="pt-4">{content}</div>
        </Tabs>
      ) : (
        content
      )}
    </>
  )
}

const terms = [
  ['For reading', 'The timeline, sessions, measures and signed notes of this one client. You change nothing, and drafts and psychotherapy notes stay closed.'],
  ['For a while', 'It ends by itself after the time you choose. End it sooner once you are done.'],
  ['Told at once', 'Administrators, and your supervisor if you have one, get a message as soon as the chart opens.'],
  ['Looked at afterwards', 'Every page you open is in the audit trail, and somebody else reviews the reason.'],
] as const

function OpenTab() {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_20rem] items-start gap-4 max-lg:grid-cols-[minmax(0,1fr)]">
      <Section title="Whose chart, and why">
        <OpenForm />
      </Section>
      <Section title="What it means">
        <dl className="flex flex-col gap-3">
          {terms.map(([term, meaning]) => (
            <div key={term}>
              <dt className="font-medium">{term}</dt>
              <dd className="text-13 text-muted">{meaning}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title="Your emergency access" flush className="lg:col-span-2">
        <AccessTable label="Your emergency access" of={myAccessQuery()} empty="None so far." />
      </Section>
    </div>
  )
}

function ReviewTab() {
  return (
    <div className="flex flex-col gap-4">
      <Section title="Running or to review" flush>
        <AccessTable withPerson label="Running or to review" of={othersAccessQuery('open')} empty="Nothing waits for a review." />
      </Section>
      <Section title="Reviewed" flush>
        <AccessTable withPerson label="Reviewed" of={othersAccessQuery('reviewed')} empty="Nothing has been reviewed yet." />
      </Section>
    </div>
  )
}

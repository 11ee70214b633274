import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useParams, useSearchParams, type LoaderFunctionArgs } from 'react-router'
import { useIsEmergency } from '@/api/emergency'
import { useMe } from '@/api/me'
import { prefetch } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { paths } from '@/lib/paths'
import { isOneOf } from '@/lib/search'
import { Tabs } from '@/ui/Tabs'
import { keepsPsychotherapyNotes, readsClinical, readsOnly } from '../can'
import { AlertsSection } from '../parts/AlertsSection'
import { CareTeamSection } from '../parts/CareTeamSection'
import { ChartHeader } from '../parts/ChartHeader'
import { DetailsTab } from '../parts/DetailsTab'
import { DiagnosesSection } from '../parts/DiagnosesSection'
import { EmergencySection } from '../parts/EmergencySection'
import { MeasuresSection } from '../parts/MeasuresSection'
import { NotesTab } from '../parts/NotesTab'
import { PsychotherapyTab } from '../parts/PsychotherapyTab'
import { kindsOf, TimelineTab } from '../parts/TimelineTab'
import { clientQuery, psychotherapyQuery, timelineQuery } from '../queries'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

export const loader = ({ params, request }: LoaderFunctionArgs) => {
  const clientId = params.clientId ?? ''
  return prefetch(clientQuery(clientId), timelineQuery(clientId, { kinds: kindsOf(new URL(request.url).searchParams), q: '' }))
}

const tabs = { timeline: 'Timeline', details: 'Details', notes: 'Notes', documents: 'Documents', forms: 'Forms', psychotherapy: 'Psychotherapy notes' } as const
type TabId = keyof typeof tabs

/** What another feature shows of the client; the app brings them together. */
export type Shown = (client: Schema<'ClientOut'>) => ReactNode

export const Component = () => <ChartPage />

export function ChartPage({ documents, forms }: { documents?: Shown; forms?: Shown }) {
  const { clientId = '' } = useParams()
  const { data: client } = useSuspenseQuery(clientQuery(clientId))
  const me = useMe()
  const clinical = readsClinical(me)
  const isReading = readsOnly(me, client, useIsEmergency(clientId))
  const hasPrivate = useHasPrivateNotes(client, isReading)
  const [address] = useSearchParams()
  const asked = address.get('tab')
  const open: TabId[] = ['timeline', 'details', ...(clinical ? (['notes'] as const) : []), ...(documents ? (['documents'] as const) : []), ...(forms ? (['forms'] as const) : []), ...(hasPrivate ? (['psychotherapy'] as const) : [])]
  const tab = isOneOf(tabs, asked) && open.includes(asked) ? asked : 'timeline'
  return (
    <>
      <ChartHeader client={client} isReading={isReading} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-6 gap-y-8 pt-3 lg:grid-cols-[minmax(0,1fr)_17rem] xl:grid-cols-[minmax(0,1fr)_19rem]">
        <Tabs label="Chart" value={tab} tabs={open.map((id) => ({ id, label: tabs[id], href: id === 'timeline' ? paths.client(clientId) : paths.clientTab(clientId, id) }))}>
          {tab === 'timeline' && <TimelineTab key={clientId} clientId={clientId} />}
          {tab === 'details' && <DetailsTab key={clientId} client={client} isReading={isReading} />}
          {tab === 'notes' && <NotesTab clientId={clientId} isReading={isReading} />}
          {tab === 'documents' && documents?.(client)}
          {tab === 'forms' && forms?.(client)}
          {tab === 'psychotherapy' && <PsychotherapyTab client={client} isReading={isReading} />}
        </Tabs>
        <aside aria-label="At a glance" className="flex flex-col gap-4 lg:pt-2">
          <AlertsSection client={client} />
          {clinical && <DiagnosesSection client={client} isReading={isReading} />}
          {clinical && <MeasuresSection clientId={clientId} />}
          <CareTeamSection client={client} isReading={isReading} />
          <EmergencySection client={client} />
        </aside>
      </div>
    </>
  )
}

/** Whether the reader's own psychotherapy notes have a place here: where they may write them, and where they once did. */
function useHasPrivateNotes(client: Schema<'ClientOut'>, isReading: boolean): boolean {
  const keeps = keepsPsychotherapyNotes(useMe())
  const { data } = useInfiniteQuery({ ...psychotherapyQuery(client.id), enabled: keeps && isReading })
  return keeps && (!isReading || (data?.pages[0]?.items.length ?? 0) > 0)
}

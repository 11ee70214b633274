import { lazy, Suspense } from 'react'
import { ChartPage, type Shown } from '@/features/clients/pages/ChartPage'
import { SkeletonRows } from '@/ui/Skeleton'

const DocumentsTab = lazy(async () => ({ default: (await import('@/features/documents/parts/DocumentsTab')).DocumentsTab }))
const FormsTab = lazy(async () => ({ default: (await import('@/features/forms/parts/FormsTab')).FormsTab }))

export { loader, shouldRevalidate } from '@/features/clients/pages/ChartPage'

const documents: Shown = (client) => (
  <Suspense fallback={<SkeletonRows />}>
    <DocumentsTab key={client.id} client={client} />
  </Suspense>
)

const forms: Shown = (client) => (
  <Suspense fallback={<SkeletonRows />}>
    <FormsTab key={client.id} client={client} />
  </Suspense>
)

/** The chart is where a client, their documents and their forms meet. */
export const Component = () => <ChartPage documents={documents} forms={forms} />

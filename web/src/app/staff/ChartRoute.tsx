import { lazy, Suspense } from 'react'
import { ChartPage, type Documents } from '@/features/clients/pages/ChartPage'
import { SkeletonRows } from '@/ui/Skeleton'

const DocumentsTab = lazy(async () => ({ default: (await import('@/features/documents/parts/DocumentsTab')).DocumentsTab }))

export { loader, shouldRevalidate } from '@/features/clients/pages/ChartPage'

const documents: Documents = (client) => (
  <Suspense fallback={<SkeletonRows />}>
    <DocumentsTab key={client.id} client={client} />
  </Suspense>
)

/** The chart is where a client and their documents meet. */
export const Component = () => <ChartPage documents={documents} />

import { ChartPage, type Documents } from '@/features/clients/pages/ChartPage'
import { DocumentsTab } from '@/features/documents/parts/DocumentsTab'

export { loader, shouldRevalidate } from '@/features/clients/pages/ChartPage'

const documents: Documents = (client) => <DocumentsTab key={client.id} client={client} />

/** The chart is where a client and their documents meet. */
export const Component = () => <ChartPage documents={documents} />

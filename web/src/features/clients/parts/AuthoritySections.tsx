import { useQuery } from '@tanstack/react-query'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Skeleton } from '@/ui/Skeleton'
import { authorityQuery } from '../queries'
import { GuardiansSection } from './GuardiansSection'
import { PortalSection } from './PortalSection'
import { StatusSection } from './StatusSection'

/** Who outside the practice may see this client. Asked for when the details are opened: the chart does not wait for it. */
export function AuthoritySections({ client }: { client: Schema<'ClientOut'> }) {
  const { data, error } = useQuery(authorityQuery(client.id))
  if (error) return <Alert tone="danger">{error.detail}</Alert>
  if (!data) return <Skeleton className="h-40 w-full" />
  return (
    <>
      <GuardiansSection client={client} guardians={data.guardians} />
      <PortalSection client={client} portal={data.portal} />
      <StatusSection client={client} changes={data.status_changes} />
    </>
  )
}

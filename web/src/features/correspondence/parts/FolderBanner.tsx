import { useQuery } from '@tanstack/react-query'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Link } from '@/ui/Link'
import { channelWords } from '../filter'
import { carriersQuery } from '../queries'
import { FOLDER } from '../words'

/** Says so where messages go nowhere because nobody carries them. */
export function FolderBanner() {
  const { data = [] } = useQuery(carriersQuery())
  const idle = data.filter(({ provider }) => provider === FOLDER)
  if (idle.length === 0) return null
  const what = idle.length === data.length ? 'Nothing leaves this installation' : `No ${idle.map(({ channel }) => channelWords[channel].toLowerCase()).join(' and no ')} leaves this installation`
  return (
    <Alert title={what}>
      Messages are kept in its outbox. <Link href={paths.carriers()}>Connect a provider</Link> to send them.
    </Alert>
  )
}

import { useLive } from '@/api/live'
import { messageQuery } from '../queries'

/** Beside a message that is on its way: it changes while one looks. */
export function Watch({ messageId }: { messageId: string }) {
  useLive(messageQuery(messageId), 3_000)
  return null
}

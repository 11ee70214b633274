import { Check } from 'lucide-react'
import { Link } from 'react-aria-components'
import { useMe } from '@/api/me'
import { notificationReads, type Notification } from '@/api/notifications'
import { useApiMutation } from '@/api/queries'
import { classes } from '@/lib/classes'
import { formatNear } from '@/lib/dates'
import { IconButton } from '@/ui/IconButton'
import { toast } from '@/ui/toast-queue'
import { addressOf } from '../address'

/** One notification: the row leads to what it is about, and is read by going there. */
export function NotificationRow({ row, onOpen }: { row: Notification; onOpen: () => void }) {
  const zone = useMe().practice.timezone
  const isUnread = row.read_at === null
  const read = useApiMutation('post', '/api/notifications/{notification_id}/reading', {
    invalidates: [...notificationReads],
    onError: ({ detail }) => toast({ message: `Not marked as read: ${detail}`, tone: 'danger' }),
  })
  const markRead = () => read.mutate({ params: { path: { notification_id: row.id } } })
  const href = addressOf(row)
  const words = (
    <>
      <span className={classes('block', isUnread && 'font-medium')}>{row.title}</span>
      {row.text !== '' && <span className="block text-13 break-words text-muted">{row.text}</span>}
      <span className="block text-12 text-muted tabular">
        <time dateTime={row.created_at}>{formatNear(row.created_at, zone)}</time>
        {href === null && ' · You can no longer open what it is about.'}
      </span>
    </>
  )
  return (
    <li className="flex items-start gap-1 rounded-control hover:bg-hover">
      <span className="flex w-4 shrink-0 justify-center pt-4">{isUnread && <span role="img" aria-label="Unread" className="size-2 rounded-full bg-accent" />}</span>
      {href === null ? (
        <div className="min-w-0 flex-1 py-2.5 pr-2">{words}</div>
      ) : (
        <Link
          href={href}
          onPress={() => {
            if (isUnread) markRead()
            onOpen()
          }}
          className="min-w-0 flex-1 rounded-control py-2.5 pr-2 text-text"
        >
          {words}
        </Link>
      )}
      {isUnread && <IconButton icon={Check} label="Mark as read" size="sm" busy={read.isPending} onPress={markRead} className="mt-1.5" placement="left" />}
    </li>
  )
}

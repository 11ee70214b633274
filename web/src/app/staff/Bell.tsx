import { Bell as BellIcon } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useUnread } from '@/api/notifications'
import { IconButton } from '@/ui/IconButton'

/** Loaded when it is first opened: most of the day only the number is looked at. */
const NotificationsPanel = lazy(async () => ({ default: (await import('@/features/notifications/parts/NotificationsPanel')).NotificationsPanel }))

const MOST = 99

/** The bell of the frame: how many notifications wait, and the way to them. */
export function Bell() {
  const [isOpen, setOpen] = useState(false)
  const unread = useUnread()
  const many = unread > MOST ? `more than ${MOST}` : String(unread)
  return (
    <>
      <span className="relative flex">
        <IconButton icon={BellIcon} label={unread === 0 ? 'Notifications' : `Notifications, ${many} unread`} onPress={() => setOpen(true)} placement="bottom" />
        {unread > 0 && (
          <span aria-hidden className="pointer-events-none absolute -top-0.5 -right-0.5 inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent px-1 text-12 leading-none font-medium text-accent-contrast tabular">
            {unread > MOST ? `${MOST}+` : unread}
          </span>
        )}
      </span>
      {isOpen && (
        <Suspense>
          <NotificationsPanel unread={unread} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

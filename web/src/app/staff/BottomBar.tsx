import { NavLink } from 'react-router'
import { useMe } from '@/api/me'
import { classes } from '@/lib/classes'
import { areasFor } from './areas'

/** The rail of a phone: up to four areas under the thumb. */
export function BottomBar() {
  const me = useMe()
  return (
    <nav aria-label="Areas" className="fixed inset-x-0 bottom-0 z-20 hidden border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] phone:flex">
      {areasFor(me)
        .slice(0, 4)
        .map(({ id, label, icon: Icon, href }) => (
          <NavLink
            key={id}
            to={href}
            end={href === '/'}
            className={({ isActive }) => classes('flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-12 outline-offset-[-3px] short:h-10 short:flex-row short:gap-2 short:coarse:h-11', isActive ? 'font-medium text-accent-text forced-colors:underline' : 'text-muted')}
          >
            <Icon aria-hidden className="size-5" />
            {label}
          </NavLink>
        ))}
    </nav>
  )
}

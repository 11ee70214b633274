import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { NavLink } from 'react-router'
import { useMe } from '@/api/me'
import { classes } from '@/lib/classes'
import { usePreference } from '@/lib/preferences'
import { IconButton } from '@/ui/IconButton'
import { Wordmark } from '@/ui/Wordmark'
import { areasFor } from './areas'

/** The areas of one's role at the left; folded to icons on request, remembered on this device. A phone has the BottomBar. */
export function Rail() {
  const me = useMe()
  const [rail, setRail] = usePreference('rail')
  const closed = rail === 'closed'
  return (
    <aside className={classes('sticky top-0 flex h-dvh shrink-0 flex-col border-r border-line bg-sunken phone:hidden print:hidden', closed ? 'w-15' : 'w-56')}>
      <div className={classes('flex h-14 items-center', closed ? 'justify-center' : 'px-4')}>
        <Wordmark compact={closed} />
      </div>
      <nav aria-label="Areas" className="flex flex-1 flex-col gap-0.5 px-2.5 py-2">
        {areasFor(me).map(({ id, label, icon: Icon, href }) => (
          <NavLink
            key={id}
            to={href}
            end={href === '/'}
            title={closed ? label : undefined}
            className={({ isActive }) =>
              classes(
                'flex h-9 items-center gap-3 rounded-control px-2.5 text-14 transition-colors duration-120 coarse:h-11',
                closed && 'justify-center px-0',
                isActive ? 'bg-accent-soft font-medium text-accent-text forced-colors:border' : 'text-muted hover:bg-hover hover:text-text',
              )
            }
          >
            <Icon aria-hidden className="size-[1.125rem] shrink-0" />
            <span className={classes(closed && 'sr-only')}>{label}</span>
          </NavLink>
        ))}
      </nav>
      <div className={classes('flex items-center p-2.5', closed ? 'justify-center' : 'justify-end')}>
        <IconButton icon={closed ? PanelLeftOpen : PanelLeftClose} label={closed ? 'Unfold the rail' : 'Fold the rail'} size="sm" placement="right" onPress={() => setRail(closed ? 'open' : 'closed')} />
      </div>
    </aside>
  )
}

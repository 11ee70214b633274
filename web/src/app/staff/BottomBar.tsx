import { Ellipsis } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { NavLink, useLocation } from 'react-router'
import { useMe } from '@/api/me'
import { classes } from '@/lib/classes'
import { Menu } from '@/ui/Menu'
import { areasFor, type Area } from './areas'

const ROOM = 4

const look = (isActive: boolean) =>
  classes(
    'flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-12 outline-offset-[-3px] short:h-10 short:flex-row short:gap-2 short:coarse:h-11',
    isActive ? 'font-medium text-accent-text forced-colors:underline' : 'text-muted',
  )

/** The rail of a phone: four places under the thumb. Whoever has more areas finds the later ones behind the fourth. */
export function BottomBar() {
  const areas = areasFor(useMe())
  const own = areas.length > ROOM ? areas.slice(0, ROOM - 1) : areas
  const more = areas.slice(own.length)
  return (
    <nav aria-label="Areas" className="fixed inset-x-0 bottom-0 z-20 hidden border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] phone:flex print:hidden!">
      {own.map(({ id, label, icon: Icon, href }) => (
        <NavLink key={id} to={href} end={href === '/'} className={({ isActive }) => look(isActive)}>
          <Icon aria-hidden className="size-5" />
          {label}
        </NavLink>
      ))}
      {more.length > 0 && <More areas={more} />}
    </nav>
  )
}

function More({ areas }: { areas: readonly Area[] }) {
  const { pathname } = useLocation()
  const here = areas.find(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
  return (
    <Menu
      label="More areas"
      placement="top end"
      trigger={
        <AriaButton className={look(here !== undefined)}>
          <Ellipsis aria-hidden className="size-5" />
          More
        </AriaButton>
      }
      groups={[{ id: 'areas', items: areas.map(({ id, label, icon, href }) => ({ id, label, icon, href, current: id === here?.id })) }]}
    />
  )
}

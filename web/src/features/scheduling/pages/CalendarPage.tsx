import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { useLive } from '@/api/live'
import { meQuery, useMe } from '@/api/me'
import { prefetch, queryClient } from '@/api/queries'
import { today } from '@/lib/dates'
import { useKeys } from '@/lib/use-keys'
import { seesEverybody, whyNotBook } from '../can'
import { BookingPanel } from '../forms/BookingPanel'
import type { Slot } from '../forms/session-values'
import { CalendarToolbar } from '../parts/CalendarToolbar'
import { CalendarView } from '../parts/CalendarView'
import { RefusedMoveDialog } from '../parts/RefusedMoveDialog'
import { ScopeDialog } from '../parts/ScopeDialog'
import { SessionPanel } from '../parts/SessionPanel'
import { SkippedDialog } from '../parts/SkippedDialog'
import { clientQuery, locationsQuery, scheduleQuery, staffQuery } from '../queries'
import { spanOf, step, type View } from '../span'
import { readAddress, useAddress } from '../use-address'
import { useIsPhone } from '../use-is-phone'
import { useMove } from '../use-move'
import { clockOf, minutesOf } from '../wall-clock'

export async function loader({ request }: LoaderFunctionArgs) {
  const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
  const zone = me.practice.timezone
  const { view, date, clinicians } = readAddress(new URL(request.url).searchParams, zone)
  return prefetch(scheduleQuery(spanOf(view, date, zone), clinicians), locationsQuery(), ...(seesEverybody(me) ? [staffQuery()] : []))
}

/** My week, or the practice's: booked, moved and run from here. Everything that is shown is in the address. */
export function Component() {
  const me = useMe()
  const zone = me.practice.timezone
  const isPhone = useIsPhone()
  const address = useAddress(zone, isPhone ? 'week' : undefined)
  const view: View = isPhone ? 'week' : address.view
  const span = spanOf(view, address.date, zone)
  const schedule = scheduleQuery(span, address.clinicians)
  const { data } = useSuspenseQuery(schedule)
  useLive(schedule)
  useNeighbours(view, address.date, zone, address.clinicians)
  const staff = useQuery({ ...staffQuery(), enabled: seesEverybody(me) }).data ?? []
  const moves = useMove()
  const [slot, setSlot] = useState<Slot | null>(null)
  const client = useQuery({ ...clientQuery(address.client ?? ''), enabled: address.client !== null })
  const book = () => whyNotBook(me) === null && setSlot(usualSlot(address.date, zone, me.practice.opens_at))
  useKeys({
    n: book,
    t: address.goToday,
    left: () => address.goBy(-1),
    right: () => address.goBy(1),
    up: () => focusSession(-1),
    down: () => focusSession(1),
    ...(!isPhone && { '1': () => address.show('day'), '2': () => address.show('week'), '3': () => address.show('month') }),
  })
  const wanted = slot ?? (address.client !== null && client.data && whyNotBook(me) === null ? usualSlot(address.date, zone, me.practice.opens_at) : null)
  return (
    <div className="flex h-[calc(100dvh-3.5rem)] flex-col phone:h-auto">
      <CalendarToolbar address={address} staff={staff.filter(({ is_schedulable }) => is_schedulable)} onBook={book} isPhone={isPhone} />
      <CalendarView schedule={data} staff={staff} span={span} view={view} address={address} moves={moves} isPhone={isPhone} onBook={setSlot} />
      {address.open && <SessionPanel key={address.open} id={address.open} listed={data.appointments.find(({ id }) => id === address.open)} onClose={address.closeSession} onSkipped={moves.setSkipped} />}
      <BookingPanel
        slot={wanted}
        client={client.data}
        onClose={() => {
          setSlot(null)
          if (address.client !== null) address.bookedFor()
        }}
        onSkipped={moves.setSkipped}
      />
      <ScopeDialog open={moves.asking !== null} title="Move which sessions?" action="Move" keep="Put it back" onAnswer={moves.answer} />
      <RefusedMoveDialog moves={moves} zone={zone} />
      <SkippedDialog skipped={moves.skipped} zone={zone} onClose={() => moves.setSkipped(null)} />
    </div>
  )
}

/** From one session to the next in the order of time; from elsewhere on the page to the first that is in sight. */
function focusSession(by: 1 | -1): void {
  const sessions = [...document.querySelectorAll<HTMLElement>('[data-appointment]')]
  const at = sessions.findIndex((session) => session === document.activeElement)
  const inSight = sessions.findIndex((session) => session.getBoundingClientRect().top >= 0)
  const next = at === -1 ? sessions[Math.max(inSight, 0)] : sessions[at + by]
  next?.focus()
}

/** The span before and after are fetched while this one is read, so that stepping is instant. */
function useNeighbours(view: View, date: string, zone: string, clinicians: readonly string[]) {
  const client = useQueryClient()
  const who = clinicians.join(',')
  useEffect(() => {
    for (const by of [1, -1] as const) client.query(scheduleQuery(spanOf(view, step(view, date, by), zone), who === '' ? [] : who.split(','))).catch(() => undefined)
  }, [client, view, date, zone, who])
}

/** Without a place clicked: the next full quarter today, the first hour of another day. */
function usualSlot(date: string, zone: string, opensAt: string): Slot {
  const now = new Date()
  if (date !== today(zone, now)) return { date, start: opensAt.slice(0, 5) }
  const local = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false }).format(now)
  return { date, start: clockOf(Math.ceil(minutesOf(local) / 15) * 15) }
}

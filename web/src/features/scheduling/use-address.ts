import { useSearchParams } from 'react-router'
import { today } from '@/lib/dates'
import { step, views, type View } from './span'

const isDate = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
const isId = (text: string) => /^[\w-]{1,64}$/.test(text)

/** What an address says: `?view=week&date=2026-11-24&clinicians=…,…&open=…`. Ids only, never a name. */
export function readAddress(params: URLSearchParams, zone: string) {
  const date = params.get('date')
  return {
    view: views.find((one) => one === params.get('view')) ?? ('week' satisfies View),
    date: isDate(date) ? date : today(zone),
    clinicians: (params.get('clinicians') ?? '').split(',').filter((id) => id !== '' && isId(id)),
    withCancelled: params.get('cancelled') === '1',
    /** The session whose panel is open. */
    open: params.get('open'),
    /** The client to book for: a chart's "Book session" leads here. */
    client: params.get('client'),
  }
}

/** The calendar's whole state lives in its address, so Back, reload and a copied link show the same. */
export function useAddress(zone: string, stepOf?: View) {
  const [params, setParams] = useSearchParams()
  const address = readAddress(params, zone)
  const set = (values: Record<string, string | null>, replace = false) =>
    setParams(
      (before) => {
        for (const [name, value] of Object.entries(values)) {
          if (value === null) before.delete(name)
          else before.set(name, value)
        }
        return before
      },
      { replace, preventScrollReset: true },
    )
  return {
    ...address,
    goTo: (date: string) => set({ date }),
    goToday: () => set({ date: null }),
    goBy: (by: 1 | -1) => set({ date: step(stepOf ?? address.view, address.date, by) }),
    show: (view: View, date: string = address.date) => set({ view: view === 'week' ? null : view, date }),
    showClinicians: (ids: string[]) => set({ clinicians: ids.length > 0 ? ids.join(',') : null }, true),
    showCancelled: (on: boolean) => set({ cancelled: on ? '1' : null }, true),
    openSession: (id: string) => set({ open: id }),
    closeSession: () => set({ open: null }, true),
    bookedFor: () => set({ client: null }, true),
  }
}

export type CalendarAddress = ReturnType<typeof useAddress>

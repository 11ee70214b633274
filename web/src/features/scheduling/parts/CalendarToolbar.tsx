import { CalendarPlus, ChevronDown, ChevronLeft, ChevronRight, SlidersHorizontal, UsersRound } from 'lucide-react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { zoneNote } from '@/lib/dates'
import { usePreference } from '@/lib/preferences'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { IconButton } from '@/ui/IconButton'
import { MonthGrid } from '@/ui/MonthGrid'
import { Popover } from '@/ui/Popover'
import { RadioGroup } from '@/ui/RadioGroup'
import { whyNotBook } from '../can'
import { nameOf } from '../span'
import type { CalendarAddress } from '../use-address'
import { ViewSwitch } from './ViewSwitch'

type ToolbarProps = { address: CalendarAddress; /** Those one may choose among; empty when there is only oneself. */ staff: readonly Schema<'StaffOut'>[]; onBook: () => void; isPhone: boolean }

export function CalendarToolbar({ address, staff, onBook, isPhone }: ToolbarProps) {
  const me = useMe()
  const zone = me.practice.timezone
  const { view, date } = address
  const shown = isPhone ? 'week' : view
  const elsewhere = zoneNote(zone, `${date}T12:00:00Z`)
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5 phone:border-0 phone:pb-1.5">
      <h1 className="sr-only">Calendar</h1>
      <div className="flex flex-wrap items-center gap-1">
        <Button onPress={address.goToday}>Today</Button>
        <IconButton icon={ChevronLeft} label={`Earlier ${shown}`} keys="left" onPress={() => address.goBy(-1)} placement="bottom" />
        <IconButton icon={ChevronRight} label={`Later ${shown}`} keys="right" onPress={() => address.goBy(1)} placement="bottom" />
        <Popover
          label="Go to a date"
          trigger={
            <Button variant="quiet" className="px-2 text-16 font-semibold phone:text-14">
              <span aria-live="polite">{nameOf(shown, date, zone)}</span>
              <ChevronDown aria-hidden className="size-4 text-muted" />
            </Button>
          }
        >
          {(close) => (
            <MonthGrid
              label="Go to a date"
              value={date}
              onChange={(chosen) => {
                address.goTo(chosen)
                close()
              }}
            />
          )}
        </Popover>
      </div>
      {elsewhere && <span className="text-12 text-muted">Times in {elsewhere}</span>}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {staff.length > 0 && <WhoseCalendar staff={staff} chosen={address.clinicians} onChange={address.showClinicians} />}
        <LookOptions address={address} canColour={!isPhone} />
        {!isPhone && <ViewSwitch view={view} onChange={(next) => address.show(next)} />}
        <Button variant="primary" icon={CalendarPlus} onPress={onBook} disabledReason={whyNotBook(me)}>
          New session
        </Button>
      </div>
    </div>
  )
}

function WhoseCalendar({ staff, chosen, onChange }: { staff: readonly Schema<'StaffOut'>[]; chosen: readonly string[]; onChange: (ids: string[]) => void }) {
  const names = staff.filter(({ id }) => chosen.includes(id)).map(({ name }) => name)
  const says = names.length === 0 ? 'Everybody' : names.length === 1 ? names[0] : `${names.length} clinicians`
  return (
    <Popover
      label="Whose calendar"
      placement="bottom end"
      className="flex w-64 flex-col gap-1"
      trigger={
        <Button icon={UsersRound} className="max-w-56">
          <span className="truncate">{says}</span>
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </Button>
      }
    >
      <Checkbox checked={chosen.length === 0} onChange={() => onChange([])}>
        Everybody
      </Checkbox>
      <div role="group" aria-label="Clinicians" className="flex flex-col border-t border-line pt-1">
        {staff.map(({ id, name, credentials }) => (
          <Checkbox key={id} checked={chosen.includes(id)} onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id))}>
            {credentials ? `${name}, ${credentials}` : name}
          </Checkbox>
        ))}
      </div>
    </Popover>
  )
}

function LookOptions({ address, canColour }: { address: CalendarAddress; canColour: boolean }) {
  const [colours, setColours] = usePreference('calendarColours')
  return (
    <Popover label="What is shown" placement="bottom end" className="flex w-60 flex-col gap-3" trigger={canColour ? <Button icon={SlidersHorizontal}>Show</Button> : <IconButton icon={SlidersHorizontal} label="Show" variant="secondary" placement="bottom" />}>
      <RadioGroup
        label="Colour by"
        value={colours}
        onChange={setColours}
        options={[
          { id: 'status', label: 'Status' },
          { id: 'clinician', label: 'Clinician' },
        ]}
      />
      <Checkbox checked={address.withCancelled} onChange={address.showCancelled}>
        Show cancelled sessions
      </Checkbox>
    </Popover>
  )
}

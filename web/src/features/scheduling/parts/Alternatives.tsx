import { CalendarCheck } from 'lucide-react'
import { addMinutes, formatSession } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import type { Conflict } from '../conflict'
import type { Times } from '../wall-clock'

type AlternativesProps = { conflict: Conflict; minutes: number; zone: string; /** The verb: "Book", "Move to". */ verb: string; /** What was kept: "What you typed is kept." */ kept: string; busy?: boolean; onChoose: (times: Times) => void }

const says: Record<Conflict['who'], string> = {
  clinician: 'The clinician already has a session then.',
  client: 'The client already has a session then.',
  room: 'The room is taken then.',
}

/** Why a time cannot be had, in a sentence, and free ones beside it. Nothing typed is lost. */
export function Alternatives({ conflict: { who, alternatives }, minutes, zone, verb, kept, busy = false, onChoose }: AlternativesProps) {
  return (
    <Alert tone="warning" title="That time is taken">
      <p>
        {says[who]} {kept}
      </p>
      {alternatives.length === 0 ? (
        <p className="mt-1">No other time near it is free.</p>
      ) : (
        <ul aria-label="Free times near it" className="mt-2 flex flex-col items-stretch gap-1.5">
          {alternatives.map((starts_at) => {
            const ends_at = addMinutes(starts_at, minutes)
            return (
              <li key={starts_at}>
                <Button size="sm" icon={CalendarCheck} busy={busy} className="w-full justify-start" onPress={() => onChoose({ starts_at, ends_at })}>
                  {verb} {formatSession(starts_at, ends_at, zone)}
                </Button>
              </li>
            )
          })}
        </ul>
      )}
    </Alert>
  )
}

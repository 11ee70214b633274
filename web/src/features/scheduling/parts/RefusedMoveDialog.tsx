import { minutesBetween } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import type { Moves } from '../use-move'
import { Alternatives } from './Alternatives'

/** A move onto a time that is taken: the session is back where it was, and free times are offered. */
export function RefusedMoveDialog({ moves: { refused, retry }, zone }: { moves: Moves; zone: string }) {
  return (
    <Dialog title="Session not moved" open={refused !== null} onClose={() => retry(null)} footer={<Button onPress={() => retry(null)}>Leave it where it was</Button>}>
      {refused && <Alternatives conflict={refused.conflict} minutes={minutesBetween(refused.times.starts_at, refused.times.ends_at)} zone={zone} verb="Move to" kept="The session is where it was." onChoose={retry} />}
    </Dialog>
  )
}

import { useApiMutation, type GetPath } from '@/api/queries'
import { toast } from '@/ui/toast-queue'
import type { Appointment } from './status'
import type { Step } from './steps'

/** Every read that shows a session. */
export const sessionReads: GetPath[] = ['/api/appointments', '/api/appointments/{appointment_id}', '/api/today', '/api/clients/{client_id}/timeline']

const done: Partial<Record<Step, { says: string; undo: Step }>> = {
  check_in: { says: 'is checked in', undo: 'undo_check_in' },
  no_show: { says: 'is marked as a no-show', undo: 'undo_no_show' },
}

/** Takes a session one step on or back. What can be taken back offers Undo; a refusal is said in a toast, nothing being lost by it. */
export function useSteps() {
  const options = { invalidates: sessionReads }
  const writes = {
    confirm: useApiMutation('post', '/api/appointments/{appointment_id}/confirmation', options),
    check_in: useApiMutation('post', '/api/appointments/{appointment_id}/check-in', options),
    start: useApiMutation('post', '/api/appointments/{appointment_id}/start', options),
    end: useApiMutation('post', '/api/appointments/{appointment_id}/end', options),
    no_show: useApiMutation('post', '/api/appointments/{appointment_id}/no-show', options),
    undo_check_in: useApiMutation('delete', '/api/appointments/{appointment_id}/check-in', options),
    undo_no_show: useApiMutation('delete', '/api/appointments/{appointment_id}/no-show', options),
  }
  const take = (step: Step, { id, version, client_name }: Pick<Appointment, 'id' | 'version' | 'client_name'>): void => {
    writes[step].mutate(
      { params: { path: { appointment_id: id } }, body: { version } },
      {
        onSuccess: (changed) => {
          const back = done[step]
          if (back) toast({ message: `${client_name} ${back.says}`, undo: () => take(back.undo, changed) })
        },
        onError: (error) => toast({ message: error.detail, tone: 'danger' }),
      },
    )
  }
  return { take, isBusy: Object.values(writes).some(({ isPending }) => isPending) }
}

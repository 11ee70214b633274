import { UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatPlainDate } from '@/lib/dates'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import { assignsCareTeam } from '../can'
import { CareTeamPanel } from '../forms/CareTeamPanel'
import { keepClient } from '../queries'

type Client = Schema<'ClientOut'>

/** Ends somebody's part, and with it their access; Undo assigns them again. */
function useEndCareTeam(client: Client) {
  const params = { path: { client_id: client.id } }
  const refused = ({ detail }: { detail: string }) => toast({ message: detail, tone: 'danger' })
  const again = useApiMutation('post', '/api/clients/{client_id}/care-team', { invalidates: ['/api/clients'], onSuccess: keepClient, onError: refused })
  const end = useApiMutation('delete', '/api/clients/{client_id}/care-team/{member_id}', { invalidates: ['/api/clients'], onSuccess: keepClient, onError: refused })
  return {
    endingId: end.isPending ? end.variables.params.path.member_id : null,
    end: ({ id, person_id, name, role }: Client['care_team'][number]) =>
      end.mutate(
        { params: { path: { ...params.path, member_id: id } } },
        { onSuccess: () => toast({ message: `${name} left the care team and no longer sees this chart`, undo: () => again.mutate({ params, body: { person_id, role } }) }) },
      ),
  }
}

export function CareTeamSection({ client, isReading }: { client: Client; isReading: boolean }) {
  const mayAssign = assignsCareTeam(useMe()) && !isReading
  const [isAssigning, setAssigning] = useState(false)
  const { end, endingId } = useEndCareTeam(client)
  return (
    <Section
      title="Care team"
      aside={
        mayAssign && (
          <Button size="sm" variant="quiet" icon={UserPlus} className="-mr-2.5" onPress={() => setAssigning(true)}>
            Assign
          </Button>
        )
      }
    >
      {client.care_team.length === 0 ? (
        <p className="text-13 text-muted">Nobody treats this client yet{mayAssign ? '. Assign a clinician, so that they see this chart.' : '.'}</p>
      ) : (
        <ul className="flex flex-col gap-2.5">
          {client.care_team.map((member) => (
            <li key={member.id} className="flex items-center gap-2.5">
              <Avatar name={member.name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">
                  {member.name}
                  {member.person_id === client.primary_therapist_id && <span className="font-normal text-muted"> · primary</span>}
                </span>
                <span className="block truncate text-12 text-muted">
                  {member.role} since {formatPlainDate(member.start_date)}
                </span>
              </span>
              {mayAssign && <IconButton icon={UserMinus} size="sm" label={`End ${member.name}’s part in the care team`} busy={endingId === member.id} onPress={() => end(member)} placement="left" className="-mr-2 shrink-0" />}
            </li>
          ))}
        </ul>
      )}
      {mayAssign && <CareTeamPanel client={client} open={isAssigning} onClose={() => setAssigning(false)} />}
    </Section>
  )
}

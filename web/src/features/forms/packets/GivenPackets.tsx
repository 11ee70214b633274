import { ChevronDown, ChevronRight, Mail } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { FormTable } from '../parts/FormTable'
import { SendLinkDialog } from '../parts/SendLinkDialog'
import { linksQuery } from '../queries'
import { isFillable, type FormRow } from '../words'

/** Forms that were given together, as one line that opens. */
export function GivenPacket({ forms, zone, maySend }: { forms: readonly FormRow[]; zone: string; /** A link to all that is still to be filled. */ maySend: boolean }) {
  const [isOpen, open] = useState(false)
  const [isSending, send] = useState(false)
  const id = useId()
  const ordered = forms.toSorted((one, other) => (one.packet?.place ?? 0) - (other.packet?.place ?? 0))
  const next = ordered.find(isFillable)
  const packet = ordered[0]?.packet
  if (!packet) return null
  return (
    <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
      <div className="flex flex-wrap items-center justify-between gap-2 px-2 py-2">
        <Button variant="quiet" icon={isOpen ? ChevronDown : ChevronRight} aria-expanded={isOpen} aria-controls={id} onPress={() => open(!isOpen)}>
          {packet.title}: {packet.done} of {packet.total} sent
        </Button>
        {maySend && next && (
          <Button size="sm" icon={Mail} onPress={() => send(true)}>
            Send one link for all
          </Button>
        )}
      </div>
      <div id={id}>{isOpen && <FormTable label={`Forms of ${packet.title}`} forms={ordered} zone={zone} />}</div>
      {isSending && next && <SendToPacket formId={next.id} onClose={() => send(false)} />}
    </Card>
  )
}

function SendToPacket({ formId, onClose }: { formId: string; onClose: () => void }) {
  const { data, error } = useQuery(linksQuery(formId))
  if (error) return <Alert tone="danger">{error.detail}</Alert>
  return data ? <SendLinkDialog formId={formId} readers={data.readers} isForPacket onClose={onClose} /> : null
}

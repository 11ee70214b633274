import { useMutation, useQuery } from '@tanstack/react-query'
import { http } from '@/api/client'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { toast } from '@/ui/toast-queue'
import type { TrailFilter } from '../filter'
import { asked, countQuery } from '../queries'
import { counted } from '../words'

const MANY = 50

/** Hands a text to the browser as a file. */
function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  URL.revokeObjectURL(address)
}

type ExportDialogProps = { filter: TrailFilter; zone: string; open: boolean; onClose: () => void }

/** Says how much leaves the product before it does. */
export function ExportDialog({ filter, zone, open, onClose }: ExportDialogProps) {
  const { data: found, error } = useQuery({ ...countQuery(filter, zone), enabled: open })
  const run = useMutation({
    mutationFn: async () => {
      const { data } = await http.POST('/api/audit/exports', { body: { ...asked(filter, zone), confirmed: true }, parseAs: 'text' })
      return data as unknown as string
    },
    onSuccess: (text) => {
      download(text, 'audit-trail.csv')
      toast({ message: 'Exported. The export stands in the trail.' })
      onClose()
    },
  })
  const refusal = error?.detail ?? run.error?.detail
  return (
    <Dialog
      title="Export this search"
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Keep it here</Button>
          <Button variant="primary" busy={run.isPending} disabledReason={found ? (found.rows === 0 ? 'There is nothing to export.' : null) : 'Counting the lines…'} onPress={() => run.mutate()}>
            {found ? `Export ${counted(found.rows, 'line')}` : 'Export'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        {found && found.rows > MANY ? (
          <Alert tone="warning" title={`${counted(found.rows, 'line')} about ${counted(found.clients, 'client')} leave the product`}>
            {found.is_more ? 'The search finds more than one export carries: these are the newest. ' : ''}Keep the file where only those who need it can read it, and delete it when you are done.
          </Alert>
        ) : (
          <p>{found ? `${counted(found.rows, 'line')} about ${counted(found.clients, 'client')}.` : 'Counting the lines…'} Clients stand in the file by their ids, not by name.</p>
        )}
        <p className="text-13 text-muted">The file is CSV for a spreadsheet. That you exported it is written down with this search.</p>
      </div>
    </Dialog>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { NumberField } from '@/ui/NumberField'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { previewQuery } from '../queries'
import { count, kinds, sizeOf, type Clearing } from '../words'

const YEARS = 7

/** What a clearing up would touch, why it is done, and the button that does it. */
export function ClearingDialog({ kind, onClose }: { kind: Clearing; onClose: () => void }) {
  const [years, setYears] = useState<number | null>(YEARS)
  const [onlyFormer, setOnlyFormer] = useState(true)
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const { data, error, isPlaceholderData, isFetching } = useQuery({ ...previewQuery(kind, years ?? YEARS, onlyFormer), placeholderData: keepPreviousData, staleTime: 0 })
  const start = useApiMutation('post', '/api/storage/runs', {
    invalidates: ['/api/storage/runs', '/api/storage', '/api/storage/largest'],
    onSuccess: () => {
      toast({ message: `${kinds[kind]}: begun` })
      onClose()
    },
    onError: ({ detail, fields }) => setRefusal(fields.reason?.[0] ?? detail),
  })
  const archives = kind === 'archive'
  const isCounted = data !== undefined && !isPlaceholderData && !isFetching && error === null
  const why = whyNot(years, error !== null, isCounted ? data.documents : null)
  const begin = () => {
    if (reason.trim().length < 10) return setRefusal('Say in a sentence why. It is kept with what was done.')
    setRefusal(null)
    start.mutate({ body: { kind, reason, older_than_years: years ?? YEARS, only_former: onlyFormer } })
  }
  return (
    <Dialog
      title={kinds[kind]}
      open
      onClose={onClose}
      size="md"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant={archives ? 'primary' : 'danger'} busy={start.isPending} disabledReason={why} onPress={begin}>
            {archives ? 'Archive them' : 'Remove them for good'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        {error && <Alert tone="danger">{error.detail}</Alert>}
        {archives && (
          <>
            <NumberField label="Older than, in years" value={years} onChange={setYears} min={1} max={50} />
            <Checkbox checked={onlyFormer} onChange={setOnlyFormer}>
              Only of clients no longer in care
            </Checkbox>
          </>
        )}
        <p role="status" className="text-14">
          {isCounted ? said(kind, data) : error ? '' : 'Counting…'}
        </p>
        <TextField label="Reason" required value={reason} onChange={setReason} maxLength={300} autoComplete="off" hint="Kept with what was done. No client’s name belongs in it." />
      </div>
    </Dialog>
  )
}

/** Nobody clears up what was not counted: the number is what is agreed to. */
function whyNot(years: number | null, isLost: boolean, documents: number | null): string | null {
  if (years === null) return 'Say how many years.'
  if (isLost) return 'What it would touch could not be counted.'
  if (documents === null) return 'Wait until it is counted what it would touch.'
  return documents === 0 ? 'There is nothing to do.' : null
}

function said(kind: Clearing, { documents, clients, size }: { documents: number; clients: number; size: number }): string {
  if (documents === 0) return kind === 'archive' ? 'No document is that old.' : 'Nothing may be removed yet.'
  const of = clients > 0 ? ` of ${count(clients, 'client')}` : ''
  if (kind === 'archive') return `${count(documents, 'document')}${of}, ${sizeOf(size)}. Nothing is removed.`
  return `${count(documents, 'file')}${of}, ${sizeOf(size)}. Removed files cannot be had back, except from a backup.`
}

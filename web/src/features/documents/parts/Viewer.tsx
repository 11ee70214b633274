import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { asApiError } from '@/api/errors'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Spinner } from '@/ui/Spinner'
import type { Kept, LinkTo } from '../words'

type Shown = { url: string; text: string | null }

/** The link is good for a minute and kept no longer than the look, so that looking again asks again. */
async function fetched(document: Kept, linkTo: LinkTo): Promise<Shown> {
  const url = await linkTo(document.id, true)
  if (!document.mime_type.startsWith('text/')) return { url, text: null }
  const answer = await fetch(url)
  if (!answer.ok) throw new TypeError('fetch failed')
  return { url, text: await answer.text() }
}

/** A PDF, picture or text in the page. The server sends each so that nothing in it can run or reach anything. */
export function Viewer<File extends Kept>({ document, linkTo, onClose, onSave }: { document: File; linkTo: LinkTo; onClose: () => void; onSave: (document: File) => void }) {
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['look', document.id], queryFn: () => fetched(document, linkTo), gcTime: 0, staleTime: Infinity, retry: false })
  return (
    <Dialog
      title={document.title}
      open
      onClose={onClose}
      size="lg"
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button icon={Download} onPress={() => onSave(document)}>
            Download
          </Button>
        </>
      }
    >
      <div className="flex h-[62vh] items-center justify-center overflow-hidden rounded-control border border-line bg-sunken phone:h-[66vh]">
        {isPending && <Spinner label="Opening the document" />}
        {error && (
          <ErrorState title="This document could not be opened" onRetry={() => void refetch()}>
            {asApiError(error).detail}
          </ErrorState>
        )}
        {data && <Content document={document} shown={data} />}
      </div>
    </Dialog>
  )
}

function Content({ document, shown: { url, text } }: { document: Kept; shown: Shown }) {
  if (text !== null) return <pre className="h-full w-full overflow-auto p-4 text-13 whitespace-pre-wrap">{text}</pre>
  if (document.mime_type.startsWith('image/')) return <img src={url} alt={document.title} className="max-h-full max-w-full object-contain" />
  return <iframe src={`${url}#navpanes=0&view=FitH`} title={document.title} className="h-full w-full" />
}

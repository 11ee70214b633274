import { useQuery } from '@tanstack/react-query'
import { asApiError } from '@/api/errors'
import { classes } from '@/lib/classes'
import { ErrorState } from '@/ui/ErrorState'
import { Spinner } from '@/ui/Spinner'
import type { Kept, LinkTo } from '../words'

type Looked = Pick<Kept, 'id' | 'title' | 'mime_type'>
type Shown = { url: string; text: string | null }

/** The link is good for a minute and kept no longer than the look, so that looking again asks again. */
async function fetched(file: Looked, linkTo: LinkTo): Promise<Shown> {
  const url = await linkTo(file.id, true)
  if (!file.mime_type.startsWith('text/')) return { url, text: null }
  const answer = await fetch(url)
  if (!answer.ok) throw new TypeError('fetch failed')
  return { url, text: await answer.text() }
}

/** A PDF, picture or text in the page. The server sends each so that nothing in it can run or reach anything. */
export function FileView({ file, linkTo, className }: { file: Looked; linkTo: LinkTo; className: string }) {
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['look', file.id], queryFn: () => fetched(file, linkTo), gcTime: 0, staleTime: Infinity, retry: false })
  return (
    <div className={classes('flex items-center justify-center overflow-hidden rounded-control border border-line bg-sunken', className)}>
      {isPending && <Spinner label="Opening the document" />}
      {error && (
        <ErrorState title="This document could not be opened" onRetry={() => void refetch()}>
          {asApiError(error).detail}
        </ErrorState>
      )}
      {data && <Content file={file} shown={data} />}
    </div>
  )
}

function Content({ file, shown: { url, text } }: { file: Looked; shown: Shown }) {
  if (text !== null) return <pre className="h-full w-full overflow-auto p-4 text-13 whitespace-pre-wrap">{text}</pre>
  if (file.mime_type.startsWith('image/')) return <img src={url} alt={file.title} className="max-h-full max-w-full object-contain" />
  return <iframe src={`${url}#navpanes=0&view=FitH`} title={file.title} className="h-full w-full" />
}

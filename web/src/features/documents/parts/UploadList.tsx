import { CircleAlert, File as FileIcon, X } from 'lucide-react'
import { ProgressBar } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { IconButton } from '@/ui/IconButton'
import type { Upload } from '../use-uploads'
import { sizeOf } from '../words'

/** Each file on its way with how far it is, and each that was not taken with why. */
export function UploadList({ uploads, onDismiss }: { uploads: readonly Upload[]; onDismiss: (id: number) => void }) {
  if (uploads.length === 0) return null
  return (
    <ul aria-label="Files on their way" className="flex flex-col gap-2">
      {uploads.map((upload) => (
        <li key={upload.id} className="flex items-center gap-3 rounded-control border border-line bg-raised py-2 pr-2 pl-3">
          {upload.state === 'failed' ? <CircleAlert aria-hidden className="size-4 shrink-0 text-danger-text" /> : <FileIcon aria-hidden className="size-4 shrink-0 text-muted" />}
          <div className="min-w-0 flex-1">
            <p className="flex min-w-0 items-baseline gap-2 text-14">
              <span className="truncate font-medium">{upload.name}</span>
              <span className="shrink-0 text-12 text-muted tabular">{sizeOf(upload.size)}</span>
            </p>
            {upload.state === 'failed' ? (
              <p role="alert" className="text-13 text-danger-text">
                {upload.error}
              </p>
            ) : (
              <Bar upload={upload} />
            )}
            {isHeldUp(upload) && (
              <p role="status" className="sr-only">
                {upload.name}: {upload.state === 'cut' ? 'no connection. It goes on by itself when there is one.' : 'it cannot be taken just now. It is tried again by itself.'}
              </p>
            )}
          </div>
          <IconButton icon={X} size="sm" label={upload.state === 'failed' ? `Dismiss ${upload.name}` : `Stop adding ${upload.name}`} onPress={() => onDismiss(upload.id)} placement="left" />
        </li>
      ))}
    </ul>
  )
}

const isHeldUp = ({ state }: Upload) => state === 'cut' || state === 'away'

function wordsFor({ state }: Upload, percent: number): string {
  if (state === 'cut') return 'No connection: goes on by itself'
  if (state === 'away') return 'Not possible just now: tried again by itself'
  if (state === 'waiting') return 'Waiting'
  return percent === 100 ? 'Being checked' : `${percent} %`
}

function Bar({ upload }: { upload: Upload }) {
  const percent = Math.round(upload.part * 100)
  const cut = isHeldUp(upload)
  const words = wordsFor(upload, percent)
  return (
    <ProgressBar aria-label={`Adding ${upload.name}`} value={percent} valueLabel={words} className="mt-1 flex items-center gap-3">
      <span aria-hidden className="h-1.5 flex-1 overflow-hidden rounded-full bg-pressed">
        <span className="block h-full rounded-full bg-accent transition-[width] duration-200" style={{ width: `${percent}%` }} />
      </span>
      <span aria-hidden className={classes('shrink-0 text-right text-12 tabular', cut ? 'text-warning-text' : 'w-24 text-muted')}>
        {words}
      </span>
    </ProgressBar>
  )
}

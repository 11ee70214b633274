import type { ReactNode } from 'react'
import { Button as PlainButton } from 'react-aria-components'
import { StatusBadge } from '@/ui/StatusBadge'
import { troubleOf, type Kept } from '../words'
import { KindIcon } from './KindIcon'

type FileTitleProps<File extends Kept> = { file: File; onOpen: (file: File) => void; children?: ReactNode }

/** What a file is called, as the button that opens it, or with what keeps it from being opened. */
export function FileTitle<File extends Kept>({ file, onOpen, children }: FileTitleProps<File>) {
  const trouble = troubleOf(file)
  const version = file.version_number > 1 && <span className="shrink-0 text-12 font-normal text-muted">version {file.version_number}</span>
  const name = (
    <>
      <KindIcon kind={file.mime_type} />
      <span className="break-words [overflow-wrap:anywhere]">{file.title}</span>
    </>
  )
  return (
    <span className="flex min-w-0 flex-col items-start gap-1">
      {trouble ? (
        <>
          <span className="flex items-baseline gap-2 font-medium">
            {name}
            {version}
          </span>
          <StatusBadge size="sm" tone={trouble.tone} icon={trouble.icon} label={trouble.label} />
          <span className="max-w-80 text-12 text-muted">{trouble.detail}</span>
        </>
      ) : (
        <span className="flex items-baseline gap-2">
          <PlainButton onPress={() => onOpen(file)} aria-label={`${file.is_shown ? 'Open' : 'Download'} ${file.title}`} className="-mx-1 flex items-baseline gap-2 rounded-control px-1 text-left font-medium hover:underline">
            {name}
          </PlainButton>
          {version}
        </span>
      )}
      {children}
      {file.tags.length > 0 && <span className="text-12 text-muted">{file.tags.join(', ')}</span>}
    </span>
  )
}

import { Archive, ArchiveRestore, Download, Ellipsis, FileUp, Link2, Pencil, Send, type LucideIcon } from 'lucide-react'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { troubleOf, type Kept } from '../words'

export type RowActions<File> = Record<'onOpen' | 'onSave' | 'onChange' | 'onReplace' | 'onArchive' | 'onRestore', (file: File) => void>

/** What only a chart's documents have: sharing one, sending it for signature, and what signatures keep from being done. */
export type Sending<File> = { onShare: (file: File) => void; whyNotShare: string | null; onSend: (file: File) => void; whyNotSend: string | null; whyNotReplace: string | null; whyNotArchive: string | null }

/** What can be done with a file; what cannot says why. */
export function FileMenu<File extends Kept>({ file, whyNot, actions, sending }: { file: File; whyNot: string | null; actions: RowActions<File>; sending?: Sending<File> }) {
  const archived = file.status === 'archived'
  const held = file.status === 'quarantined' ? 'In quarantine.' : whyNot
  const entry = (id: string, label: string, icon: LucideIcon, act: (file: File) => void, disabledReason: string | null) => ({ id, label, icon, disabledReason, onAction: () => act(file) })
  return (
    <Menu
      label={`Actions for ${file.title}`}
      trigger={<IconButton icon={Ellipsis} size="sm" label={`More about ${file.title}`} placement="left" />}
      groups={[
        { id: 'File', items: [entry('save', 'Download', Download, actions.onSave, troubleOf(file)?.label ?? null)] },
        {
          id: 'Filing',
          items: [
            entry('change', 'Rename, file, versions', Pencil, actions.onChange, null),
            entry('replace', 'Add a new version', FileUp, actions.onReplace, archived ? 'Restore it first.' : (held ?? sending?.whyNotReplace ?? null)),
            archived ? entry('restore', 'Restore', ArchiveRestore, actions.onRestore, held) : entry('archive', 'Archive', Archive, actions.onArchive, held ?? sending?.whyNotArchive ?? null),
          ],
        },
        ...(sending
          ? [{ id: 'Sending', items: [entry('share', 'Share with the client', Link2, sending.onShare, sending.whyNotShare), entry('send', 'Send for signature', Send, sending.onSend, sending.whyNotSend)] }]
          : []),
      ]}
    />
  )
}

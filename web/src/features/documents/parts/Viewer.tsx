import { Download } from 'lucide-react'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import type { Kept, LinkTo } from '../words'
import { FileView } from './FileView'

/** A file looked at in the page, and from there downloaded. */
export function Viewer<File extends Kept>({ document, linkTo, onClose, onSave }: { document: File; linkTo: LinkTo; onClose: () => void; onSave: (document: File) => void }) {
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
      <FileView file={document} linkTo={linkTo} className="h-[62vh] phone:h-[66vh]" />
    </Dialog>
  )
}

import { FileUp, Upload as UploadIcon } from 'lucide-react'
import { useId, useRef, useState, type DragEvent } from 'react'
import type { Schema } from '@/api/schema'
import { classes } from '@/lib/classes'
import { Button } from '@/ui/Button'
import { Select, type Option } from '@/ui/Select'
import { listed } from '../words'

type AddFilesProps<Category extends string> = { uploading: Schema<'Uploading'>; options: readonly Option<Category>[]; first: Category; onAdd: (files: readonly File[], category: Category) => void }

const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')

/** Files are dropped here or chosen, several at once, and filed under the category that is set. */
export function AddFiles<Category extends string>({ uploading, options, first, onAdd }: AddFilesProps<Category>) {
  const [over, setOver] = useState(false)
  const [category, setCategory] = useState(first)
  const chooser = useRef<HTMLInputElement>(null)
  const hint = useId()
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (event.dataTransfer.files.length > 0) onAdd([...event.dataTransfer.files], category)
  }
  return (
    <div
      role="group"
      aria-label="Add documents"
      aria-describedby={hint}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={drop}
      className={classes('flex flex-wrap items-end gap-x-6 gap-y-3 rounded-panel border border-dashed px-4 py-4 transition-colors', over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-raised')}
    >
      <div className="flex min-w-56 flex-1 items-start gap-3">
        <UploadIcon aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
        <div>
          <p className="text-14 font-medium">{over ? 'Let go to add' : 'Drop files here, or choose them'}</p>
          <p id={hint} className="text-13 text-muted">
            {listed(uploading.endings)}, up to {Math.floor(uploading.most_bytes / 1_048_576)} MB each.{' '}
            {uploading.has_scanner ? 'Every file is scanned for malware.' : 'Contents are checked; no malware scanner is connected.'}
          </p>
        </div>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <Select label="File as" options={options} value={category} onChange={setCategory} className="w-40" />
        <Button variant="primary" icon={FileUp} onPress={() => chooser.current?.click()}>
          Choose files
        </Button>
      </div>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-hidden
        data-testid="files"
        accept={uploading.endings.join(',')}
        onChange={({ currentTarget }) => {
          onAdd([...(currentTarget.files ?? [])], category)
          currentTarget.value = ''
        }}
      />
    </div>
  )
}

import { Paperclip, X } from 'lucide-react'
import { useContext, useEffect, useId, useRef, useState } from 'react'
import { asApiError } from '@/api/errors'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { FilesContext, sizeOf, whyNotSend, type Files } from '../files'
import type { Field, FormFile } from '../words'

type FileQuestionProps = { field: Field; value: unknown; error: string | undefined; onAnswer: (value: unknown) => void }
type Coming = { id: number; name: string; part: number; error: string; stop: () => void }

const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [])
const quarantined = 'The malware scanner objected to this file. It is kept apart and answers nothing: send another.'

/** Files as an answer: chosen, on their way with how far they are, there, and taken off again before the form is sent. */
export function FileQuestion({ field, value, error, onAnswer }: FileQuestionProps) {
  const files = useContext(FilesContext)
  const ids = idsOf(value)
  const describedBy = useId()
  const [sent, keep] = useState<readonly FormFile[]>([])
  const known = [...(files?.known ?? []), ...sent]
  const { coming, add, dismiss } = useComing(files, field.key, ids, onAnswer, (file) => keep((before) => [...before, file]))
  const chooser = useRef<HTMLInputElement>(null)
  const free = field.most_files - ids.length - coming.filter((each) => each.error === '').length
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" aria-describedby={describedBy}>
      <legend className="pb-1 text-13 font-medium">
        {field.label}
        {field.required && (
          <span aria-hidden className="ml-0.5 text-danger-text">
            *
          </span>
        )}
      </legend>
      {field.help && <p className="text-13 whitespace-pre-line text-muted">{field.help}</p>}
      {(ids.length > 0 || coming.length > 0) && (
        <ul aria-label={`Files: ${field.label}`} className="flex flex-col gap-2">
          {ids.map((id) => (
            <There key={id} file={known.find((each) => each.id === id)} onRemove={() => onAnswer(without(ids, id))} />
          ))}
          {coming.map((each) => (
            <OnItsWay key={each.id} coming={each} onDismiss={() => dismiss(each)} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <input
          ref={chooser}
          type="file"
          multiple={field.most_files > 1}
          accept={files?.uploading?.endings.join(',')}
          tabIndex={-1}
          aria-hidden
          className="hidden"
          onChange={({ target }) => {
            add([...(target.files ?? [])], free)
            target.value = ''
          }}
        />
        <Button icon={Paperclip} disabledReason={files?.uploading ? (free > 0 ? null : `At most ${field.most_files} here. Take one off first.`) : 'Files are added when the form is filled.'} onPress={() => chooser.current?.click()}>
          {ids.length > 0 ? 'Add another file' : 'Add file'}
        </Button>
        <p id={describedBy} className="text-12 text-muted">
          {field.most_files > 1 ? `Up to ${field.most_files} files` : 'One file'}
          {files?.uploading && `, ${Math.floor(files.uploading.most_bytes / 1_048_576)} MB each: ${files.uploading.endings.join(', ')}`}
        </p>
      </div>
      {error && (
        <p role="alert" className="text-12 text-danger-text">
          {error}
        </p>
      )}
    </fieldset>
  )
}

function without(ids: string[], gone: string): string[] | undefined {
  const left = ids.filter((id) => id !== gone)
  return left.length > 0 ? left : undefined
}

function There({ file, onRemove }: { file: FormFile | undefined; onRemove: () => void }) {
  const name = file?.file_name ?? 'File'
  return (
    <li className="flex items-center gap-3 rounded-control border border-line bg-raised py-1.5 pr-1.5 pl-3 text-14">
      <Paperclip aria-hidden className="size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        {file && file.state !== 'kept' && <p className="text-13 text-danger-text">This file is no longer there. Add it again.</p>}
      </div>
      {file && <span className="shrink-0 text-12 text-muted tabular">{sizeOf(file.file_size_bytes)}</span>}
      <IconButton icon={X} size="sm" label={`Take ${name} off`} onPress={onRemove} placement="left" />
    </li>
  )
}

function OnItsWay({ coming: { name, part, error }, onDismiss }: { coming: Coming; onDismiss: () => void }) {
  const percent = Math.round(part * 100)
  return (
    <li className="flex items-center gap-3 rounded-control border border-line bg-raised py-1.5 pr-1.5 pl-3 text-14">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        {error ? (
          <p role="alert" className="text-13 text-danger-text">
            {error}
          </p>
        ) : (
          <div className="flex items-center gap-3">
            <progress aria-label={`Sending ${name}`} max={100} value={percent} className="h-1.5 flex-1 appearance-none overflow-hidden rounded-full bg-sunken accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent" />
            <span className="w-24 shrink-0 text-right text-12 text-muted tabular">{percent === 100 ? 'Being checked' : `${percent} %`}</span>
          </div>
        )}
      </div>
      <IconButton icon={X} size="sm" label={error ? `Dismiss ${name}` : `Stop sending ${name}`} onPress={onDismiss} placement="left" />
    </li>
  )
}

/** Files on their way, one after the other. Each that arrives is named in the answer as it stands by then. */
function useComing(files: Files | null, field: string, ids: string[], onAnswer: (value: unknown) => void, onArrived: (file: FormFile) => void) {
  const [coming, setComing] = useState<readonly Coming[]>([])
  const counter = useRef(0)
  const latest = useRef({ ids, onAnswer })
  useEffect(() => {
    latest.current = { ids, onAnswer }
  })
  const queue = useRef(Promise.resolve())
  const change = (id: number, some: Partial<Coming>) => setComing((all) => all.map((one) => (one.id === id ? { ...one, ...some } : one)))
  const remove = (id: number) => setComing((all) => all.filter((one) => one.id !== id))
  const sendOne = async (id: number, file: File, stopped: AbortController, { send }: Files) => {
    if (stopped.signal.aborted) return
    try {
      const there = await send(field, file, (part) => change(id, { part }), stopped.signal)
      if (there.state === 'quarantined') return change(id, { error: quarantined })
      const next = [...latest.current.ids, there.id]
      latest.current = { ...latest.current, ids: next }
      onArrived(there)
      latest.current.onAnswer(next)
      remove(id)
    } catch (thrown) {
      const { status, detail, fields } = asApiError(thrown)
      change(id, { error: status === 0 ? 'Not sent: no connection. Add it again.' : (Object.values(fields).flat()[0] ?? detail) })
    }
  }
  const add = (chosen: File[], free: number) => {
    if (!files?.uploading) return
    for (const [place, file] of chosen.entries()) {
      const id = (counter.current += 1)
      const stopped = new AbortController()
      const error = place < free ? (whyNotSend(file, files.uploading) ?? '') : 'No more files fit here. Take one off first.'
      setComing((all) => [...all, { id, name: file.name, part: 0, error, stop: () => stopped.abort() }])
      if (error !== '') continue
      files.onWay(1)
      queue.current = queue.current.then(() => sendOne(id, file, stopped, files)).finally(() => files.onWay(-1))
    }
  }
  const dismiss = ({ id, stop }: Coming) => {
    stop()
    remove(id)
  }
  return { coming, add, dismiss }
}

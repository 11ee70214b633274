import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Plus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { kindOptions, kinds, type Definition, type Field } from '../words'
import { add, move, remove, whyNotMove } from './draft'
import { FieldEditor } from './FieldEditor'

type FieldListProps = { form: Definition; problems: Record<string, string[]>; onChange: (form: Definition) => void }

/** The questions in their order: opened to be changed, moved by buttons or Alt with the arrow keys. */
export function FieldList({ form, problems, onChange }: FieldListProps) {
  const [open, setOpen] = useState<string | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const step = (key: string, by: -1 | 1) => {
    onChange(move(form, key, by))
    // The row is put elsewhere in the page, which may take the focus from it.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-field="${key}"] button`)?.focus())
  }
  return (
    <div className="flex flex-col gap-3">
      {form.fields.length === 0 ? (
        <EmptyState icon={Plus} title="Nothing is asked yet">
          Add a heading or a question.
        </EmptyState>
      ) : (
        <ol ref={list} aria-label="Questions" className="flex flex-col gap-2">
          {form.fields.map((field) => (
            <Row
              key={field.key}
              form={form}
              field={field}
              problems={problems[field.key] ?? []}
              isOpen={open === field.key}
              onOpen={(on) => setOpen(on ? field.key : null)}
              onStep={(by) => step(field.key, by)}
              onRemove={() => onChange(remove(form, field.key))}
              onChange={onChange}
            />
          ))}
        </ol>
      )}
      <div>
        <Menu
          label="Kinds of question"
          placement="top start"
          trigger={<Button icon={Plus}>Add question</Button>}
          groups={[
            {
              id: 'kinds',
              items: kindOptions.map(({ id, label }) => ({
                id,
                label,
                onAction: () => {
                  const made = add(form, id, open)
                  onChange(made.form)
                  setOpen(made.key)
                },
              })),
            },
          ]}
        />
      </div>
    </div>
  )
}

type RowProps = { form: Definition; field: Field; problems: string[]; isOpen: boolean; onOpen: (on: boolean) => void; onStep: (by: -1 | 1) => void; onRemove: () => void; onChange: (form: Definition) => void }

function Row({ form, field, problems, isOpen, onOpen, onStep, onRemove, onChange }: RowProps) {
  const Mark = isOpen ? ChevronDown : ChevronRight
  const depends = field.show_when ? ' · conditional' : ''
  return (
    <li data-field={field.key} className="rounded-panel border border-line bg-raised px-3 py-2">
      <div className="flex items-center gap-1">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          className="flex min-w-0 flex-1 items-center gap-2 rounded-control py-1 text-left"
          onClick={() => onOpen(!isOpen)}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            onStep(event.key === 'ArrowUp' ? -1 : 1)
          }}
        >
          <Mark aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0">
            <span className="block truncate text-14 font-medium">{field.label || 'Without words'}</span>
            <span className={`block text-12 ${problems.length > 0 ? 'text-danger-text' : 'text-muted'}`}>
              {kinds[field.kind]}
              {field.required && ' · must be answered'}
              {depends}
              {problems.length > 0 && ' · needs a look'}
            </span>
          </span>
        </button>
        <Step field={field} by={-1} whyNot={whyNotMove(form, field.key, -1)} onStep={onStep} />
        <Step field={field} by={1} whyNot={whyNotMove(form, field.key, 1)} onStep={onStep} />
        <IconButton icon={Trash2} size="sm" label={`Remove “${field.label}”`} onPress={onRemove} />
      </div>
      {isOpen && <FieldEditor form={form} field={field} problems={problems} onChange={onChange} />}
    </li>
  )
}

function Step({ field, by, whyNot, onStep }: { field: Field; by: -1 | 1; whyNot: string | null; onStep: (by: -1 | 1) => void }) {
  return (
    <Button size="sm" variant="quiet" icon={by === -1 ? ArrowUp : ArrowDown} disabledReason={whyNot} onPress={() => onStep(by)} aria-label={`Move “${field.label}” ${by === -1 ? 'up' : 'down'}`}>
      <span className="sr-only">{by === -1 ? 'Up' : 'Down'}</span>
    </Button>
  )
}

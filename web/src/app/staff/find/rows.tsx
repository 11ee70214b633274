import { TriangleAlert } from 'lucide-react'
import { MenuItem } from 'react-aria-components'
import type { Schema } from '@/api/schema'
import { formatPlainDate } from '@/lib/dates'
import { Avatar } from '@/ui/Avatar'
import { Kbd } from '@/ui/Kbd'
import type { Command } from './commands'

const rowLook = 'flex min-h-11 cursor-default items-center gap-3 rounded-control px-2.5 py-1 outline-none data-focused:bg-accent-soft data-focus-visible:outline-none forced-colors:data-focused:outline-2'

type ClientRowProps = {
  client: Schema<'ClientHit'>
  /** Someone else in this list has the same name. */
  alike: boolean
}

export function ClientRow({ client, alike }: ClientRowProps) {
  const { name, legal_name, pronouns, date_of_birth, age } = client
  const facts = [legal_name !== name && legal_name, pronouns, `${formatPlainDate(date_of_birth)}, ${age}`]
  return (
    <MenuItem id={client.id} textValue={name} className={rowLook}>
      <Avatar name={name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2 font-medium">
          <span className="truncate">{name}</span>
          {alike && (
            <span className="inline-flex shrink-0 items-center gap-1 text-12 font-normal text-warning-text">
              <TriangleAlert aria-hidden className="size-3.5" />
              same name
            </span>
          )}
        </span>
        <span className="block truncate text-12 text-muted">{facts.filter(Boolean).join(' · ')}</span>
      </span>
      <span className="max-w-28 shrink-0 truncate text-12 text-muted phone:max-w-20">{client.medical_record_number}</span>
    </MenuItem>
  )
}

export function CommandRow({ command: { id, label, icon: Icon, keys } }: { command: Command }) {
  return (
    <MenuItem id={id} textValue={label} className={rowLook.replace('min-h-11', 'min-h-9')}>
      <Icon aria-hidden className="mx-2 size-4 shrink-0 text-muted" />
      <span className="flex-1">{label}</span>
      {keys && <Kbd keys={keys} />}
    </MenuItem>
  )
}

import { Pencil, Phone, Plus, ShieldCheck, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Link } from '@/ui/Link'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { keepsOutside } from '../can'
import { ContactPanel } from '../forms/ContactPanel'
import { keepClient } from '../queries'

type Client = Schema<'ClientOut'>
type Contact = Client['emergency_contacts'][number]

/** Removes a contact at once; Undo adds them again. */
function useRemoveContact(client_id: string) {
  const refused = ({ detail }: { detail: string }) => toast({ message: detail, tone: 'danger' })
  const again = useApiMutation('post', '/api/clients/{client_id}/contacts', { onSuccess: keepClient, onError: refused })
  const remove = useApiMutation('delete', '/api/clients/{client_id}/contacts/{contact_id}', { onSuccess: keepClient, onError: refused })
  return {
    removingId: remove.isPending ? remove.variables.params.path.contact_id : null,
    remove: ({ id, name, relationship, phone }: Contact) =>
      remove.mutate(
        { params: { path: { client_id, contact_id: id } } },
        { onSuccess: () => toast({ message: `${name} is no longer an emergency contact`, undo: () => again.mutate({ params: { path: { client_id } }, body: { name, relationship, phone } }) }) },
      ),
  }
}

export function EmergencySection({ client }: { client: Client }) {
  const keeps = keepsOutside(useMe(), client)
  const [open, setOpen] = useState<Contact | 'new' | null>(null)
  const { remove, removingId } = useRemoveContact(client.id)
  const contacts = client.emergency_contacts
  return (
    <Section
      title="Emergency contacts"
      aside={
        keeps && (
          <Button size="sm" variant="quiet" icon={Plus} className="-mr-2.5" onPress={() => setOpen('new')}>
            Add contact
          </Button>
        )
      }
    >
      {contacts.length === 0 ? (
        <p className="text-13 text-muted">None on record.</p>
      ) : (
        <ul className="flex flex-col gap-2.5">
          {contacts.map((contact) => (
            <li key={contact.id} className="flex items-start justify-between gap-2">
              <span className="flex min-w-0 flex-col gap-0.5">
                <span className="flex flex-wrap items-center gap-x-2">
                  <span className="min-w-0 font-medium break-words">{contact.name}</span>
                  {contact.relationship && <span className="text-13 text-muted">{contact.relationship}</span>}
                  {contact.is_guardian && <StatusBadge size="sm" tone="violet" icon={ShieldCheck} label="Guardian" />}
                </span>
                <Link href={`tel:${contact.phone.replaceAll(/[^\d+]/g, '')}`} className="inline-flex items-center gap-1.5 self-start text-13">
                  <Phone aria-hidden className="size-3.5" />
                  {contact.phone}
                </Link>
              </span>
              {keeps && (
                <span className="-my-1 -mr-2 flex shrink-0">
                  <IconButton icon={Pencil} size="sm" label={`Change ${contact.name}`} placement="left" onPress={() => setOpen(contact)} />
                  <IconButton icon={Trash2} size="sm" label={`Remove ${contact.name}`} placement="left" busy={removingId === contact.id} onPress={() => remove(contact)} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {open && <ContactPanel clientId={client.id} contact={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  )
}

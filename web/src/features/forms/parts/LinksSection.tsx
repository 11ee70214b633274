import { useQuery } from '@tanstack/react-query'
import { Mail } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import { linksQuery } from '../queries'
import { isFillable, type Form } from '../words'
import { SendLinkDialog } from './SendLinkDialog'

type FormLink = Schema<'FormLinkOut'>

/** Links by which the client, or a guardian who may sign, fills the form at home. Of a form that takes nothing more, while one can still be revoked: it may lead on to the packet's other forms, or be good again. */
export function LinksSection({ form }: { form: Form }) {
  const formId = form.id
  const maySend = isFillable(form)
  const { data, error } = useQuery(linksQuery(formId))
  const [isSending, send] = useState(false)
  if (!maySend && !data?.links.some((link) => link.is_revocable)) return null
  return (
    <Section
      title="Fill at home"
      className="print:hidden"
      aside={
        maySend && (
          <Button size="sm" icon={Mail} disabledReason={data ? null : 'To whom it may go is still loading.'} onPress={() => send(true)}>
            Send a link
          </Button>
        )
      }
    >
      {error && <Alert tone="danger">{error.detail}</Alert>}
      {data?.links.length === 0 && <p className="text-14 text-muted">No link was sent. It names neither the form nor the client, and asks for the date of birth.</p>}
      {data && data.links.length > 0 && (
        <ul className="flex flex-col gap-2">
          {data.links.map((link) => (
            <LinkRow key={link.id} formId={formId} link={link} />
          ))}
        </ul>
      )}
      {form.packet && data?.links.some((link) => link.is_revocable) && <p className="text-13 text-muted">A link that leads through {form.packet.title} is revoked for all its forms at once.</p>}
      {isSending && data && <SendLinkDialog formId={formId} readers={data.readers} onClose={() => send(false)} />}
    </Section>
  )
}

function LinkRow({ formId, link }: { formId: string; link: FormLink }) {
  const zone = useMe().practice.timezone
  const revoke = useApiMutation('put', '/api/forms/{form_id}/links/{form_link_id}/revocation', { invalidates: ['/api/forms/{form_id}/links'], onSuccess: () => toast({ message: 'Link revoked' }) })
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-14">
      <span className="min-w-0">
        {link.reader}, by {link.channel === 'SMS' ? 'text message' : 'e-mail'}
        <span className="block text-12 text-muted tabular">{standOf(link, zone)}</span>
        {revoke.error && <span className="block text-12 text-danger-text">{revoke.error.detail}</span>}
      </span>
      {link.is_revocable && (
        <Button size="sm" variant="quiet" busy={revoke.isPending} onPress={() => revoke.mutate({ params: { path: { form_id: formId, form_link_id: link.id } } })}>
          Revoke link
        </Button>
      )}
    </li>
  )
}

function standOf({ sent_at, sent_by, opened_at, revoked_at, expires_at, is_good, wrong_tries }: FormLink, zone: string): string {
  const end = is_good ? `good until ${formatMoment(expires_at, zone)}` : revoked_at ? 'revoked' : 'over'
  const parts = [`Sent ${formatMoment(sent_at, zone)} by ${sent_by}`, opened_at ? `opened ${formatMoment(opened_at, zone)}` : 'not opened yet', end]
  return wrong_tries > 0 ? [...parts, `${wrong_tries} wrong ${wrong_tries === 1 ? 'date' : 'dates'} of birth`].join(', ') : parts.join(', ')
}

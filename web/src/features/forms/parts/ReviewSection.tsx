import { useState } from 'react'
import { useMe } from '@/api/me'
import { invalidate, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatPlainDate } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { RadioGroup } from '@/ui/RadioGroup'
import { Section } from '@/ui/Section'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { formReads } from '../queries'
import { DetailOffers, type Taken } from './DetailOffers'
import type { Form } from '../words'

type Outcome = Schema<'FormReviewIn'>['outcome']

const said: Record<Outcome, string> = { accepted: 'Form accepted. It stays in the chart as it was answered.', returned: 'Changes asked for', rejected: 'Form rejected' }

const CLIENT = 'client'

function presumedOf({ signers }: Form): string | null {
  const found = signers.find(({ is_presumed }) => is_presumed)
  return found ? (found.guardian_id ?? CLIENT) : null
}

/** What the reviewer decides about a form that was sent. Asking for changes and rejecting need words. */
export function ReviewSection({ form }: { form: Form }) {
  const [note, setNote] = useState('')
  const [signer, setSigner] = useState(() => presumedOf(form))
  const [ticked, tick] = useState<Taken>({})
  const zone = useMe().practice.timezone
  const offers = form.details?.offers ?? []
  // A tick holds for what the chart said when it was set: where that has changed since, it is off again.
  const taken: Taken = Object.fromEntries(offers.filter(({ what, now, wrong }) => wrong === '' && ticked[what] === now).map(({ what, now }) => [what, now]))
  const review = useApiMutation('post', '/api/forms/{form_id}/review', {
    invalidates: [...formReads, '/api/clients/{client_id}'],
    onError: ({ code }) => code === 'chart_changed_elsewhere' && void invalidate('/api/forms/{form_id}'),
    onSuccess: ({ status }) => status in said && toast({ message: said[status as Outcome] }),
  })
  const makesRecords = form.consents.some(({ is_revoked }) => !is_revoked)
  const isWrong = form.consents.some(({ wrong, is_revoked }) => wrong !== '' && !is_revoked)
  const cannotAccept = isWrong ? 'A consent has a date that cannot be. Ask for changes.' : makesRecords && signer === null ? 'Say first who signed.' : null
  const decide = (outcome: Outcome) => review.mutate({ params: { path: { form_id: form.id } }, body: { round: form.rounds[0]?.round ?? 1, outcome, note: note.trim(), ...(outcome === 'accepted' && makesRecords && { signed_by: signer }), taken: outcome === 'accepted' ? taken : {} } })
  const needsWords = note.trim() === '' ? 'Write first what is to be changed, or why it is rejected.' : null
  return (
    <Section title="Review" className="print:hidden">
      <div className="flex flex-col gap-4">
        {review.error && <Alert tone="danger">{review.error.code === 'chart_changed_elsewhere' ? review.error.detail : (Object.values(review.error.fields).flat()[0] ?? review.error.detail)}</Alert>}
        {form.consents.length > 0 && <Consents form={form} />}
        {makesRecords && <RadioGroup label="Signed by" required value={signer} onChange={setSigner} options={form.signers.map(({ guardian_id, name }) => ({ id: guardian_id ?? CLIENT, label: name, detail: guardian_id ? 'May sign for the client' : 'The client' }))} />}
        {form.details && offers.length > 0 && <DetailOffers details={form.details} zone={zone} taken={taken} onTake={tick} problems={review.error?.fields ?? {}} />}
        <TextArea label="Note" value={note} maxLength={1000} rows={2} hint="What is to be changed, or why it is rejected. It is kept with the form." onChange={setNote} />
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" busy={review.isPending} disabledReason={cannotAccept} onPress={() => decide('accepted')}>
            Accept form
          </Button>
          <Button disabledReason={needsWords} onPress={() => decide('returned')}>
            Ask for changes
          </Button>
          <Button disabledReason={needsWords} onPress={() => decide('rejected')}>
            Reject form
          </Button>
        </div>
      </div>
    </Section>
  )
}

/** What accepting the form records, and what it does not. */
function Consents({ form }: { form: Form }) {
  return (
    <div>
      <h3 className="text-13 font-medium">Consents in this form</h3>
      <ul className="flex flex-col gap-1 pt-1 text-14">
        {form.consents.map(({ title, signer, effective, wrong, is_revoked }) => (
          <li key={title}>
            {title}: signed as {signer}, {formatPlainDate(effective)}
            {is_revoked ? <span className="block text-13 text-muted">Revoked since: accepting the form does not give it again.</span> : wrong && <span className="block text-13 text-danger-text">{wrong}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { formReads } from '../queries'
import type { Form } from '../words'

type Outcome = Schema<'FormReviewIn'>['outcome']

const said: Record<Outcome, string> = { accepted: 'Form accepted. It stays in the chart as it was answered.', returned: 'Changes asked for', rejected: 'Form rejected' }

/** What the reviewer decides about a form that was sent. Asking for changes and rejecting need words. */
export function ReviewSection({ form }: { form: Form }) {
  const [note, setNote] = useState('')
  const review = useApiMutation('post', '/api/forms/{form_id}/review', {
    invalidates: [...formReads],
    onSuccess: ({ status }) => status in said && toast({ message: said[status as Outcome] }),
  })
  const decide = (outcome: Outcome) => review.mutate({ params: { path: { form_id: form.id } }, body: { round: form.rounds[0]?.round ?? 1, outcome, note: note.trim() } })
  const needsWords = note.trim() === '' ? 'Write first what is to be changed, or why it is rejected.' : null
  return (
    <Section title="Review" className="print:hidden">
      <div className="flex flex-col gap-4">
        {review.error && <Alert tone="danger">{review.error.fields.note?.[0] ?? review.error.detail}</Alert>}
        <TextArea label="Note" value={note} maxLength={1000} rows={2} hint="What is to be changed, or why it is rejected. It is kept with the form." onChange={setNote} />
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" busy={review.isPending} onPress={() => decide('accepted')}>
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

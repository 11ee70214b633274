import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useApiMutation } from '@/api/queries'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { FormField } from '@/ui/FormField'
import { RadioGroup } from '@/ui/RadioGroup'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'

const outcomes = [
  { id: 'appropriate', label: 'It was an emergency', detail: 'What was opened fits the reason.' },
  { id: 'concern', label: 'It raises a concern', detail: 'A critical security incident is opened for the administrators.' },
] as const

const shape = z
  .object({ outcome: z.enum(['appropriate', 'concern'], 'Choose what you found.').nullable().pipe(z.enum(['appropriate', 'concern'], 'Choose what you found.')), note: z.string().trim().max(1000, 'At most 1,000 characters.') })
  .refine(({ outcome, note }) => outcome !== 'concern' || note.length >= 10, { path: ['note'], message: 'Say what concerns you, in a sentence.' })
type Values = z.input<typeof shape>

/** Said once, by somebody other than the person who opened the chart. */
export function ReviewForm({ accessId }: { accessId: string }) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<Values, unknown, z.output<typeof shape>>({ resolver: zodResolver(shape), defaultValues: { outcome: null, note: '' } })
  const review = useApiMutation('post', '/api/emergency-access/{access_id}/review', {
    invalidates: ['/api/emergency-access', '/api/emergency-access/{access_id}'],
    onSuccess: () => toast({ message: 'Review saved' }),
    onError: ({ fields, detail }) => {
      const [message] = fields.note ?? []
      if (message) form.setError('note', { message })
      else setRefusal(detail)
    },
  })
  const submit = form.handleSubmit((body) => {
    setRefusal(null)
    review.mutate({ params: { path: { access_id: accessId } }, body })
  })
  return (
    <form noValidate aria-label="Review" className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      {refusal && <Alert tone="danger">{refusal}</Alert>}
      <FormField control={form.control} name="outcome">
        {(field) => <RadioGroup label="What you found" required options={outcomes} {...field} />}
      </FormField>
      <FormField control={form.control} name="note">
        {(field) => <TextArea label="Note" maxLength={1000} className="[&_textarea]:min-h-20" hint="Who you spoke with, what follows. Needed for a concern." {...field} />}
      </FormField>
      <div>
        <Button variant="primary" type="submit" busy={review.isPending}>
          Save review
        </Button>
      </div>
    </form>
  )
}

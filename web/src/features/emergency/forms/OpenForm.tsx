import { zodResolver } from '@hookform/resolvers/zod'
import { DoorOpen } from 'lucide-react'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useNavigate } from 'react-router'
import { useApiMutation } from '@/api/queries'
import { paths } from '@/lib/paths'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DateField } from '@/ui/DateField'
import { FormField } from '@/ui/FormField'
import { RadioGroup } from '@/ui/RadioGroup'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'

const lengths = [
  { id: '15', label: '15 minutes' },
  { id: '30', label: '30 minutes' },
  { id: '60', label: '60 minutes' },
] as const

const shape = z.object({
  medical_record_number: z.string().trim().min(1, 'Enter the record number.').max(40, 'At most 40 characters.'),
  date_of_birth: z.string('Enter the date of birth.').nullable().pipe(z.string('Enter the date of birth.')),
  reason: z.string().trim().min(10, 'Say in a sentence what the emergency is: at least 10 characters.').max(500, 'At most 500 characters.'),
  minutes: z.enum(['15', '30', '60']),
})
type Values = z.input<typeof shape>

/** Names the client by what one knows from elsewhere, and says why: that opens the chart. */
export function OpenForm() {
  const navigate = useNavigate()
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<Values, unknown, z.output<typeof shape>>({ resolver: zodResolver(shape), defaultValues: { medical_record_number: '', date_of_birth: null, reason: '', minutes: '60' } })
  const open = useApiMutation('post', '/api/emergency-access', {
    invalidates: ['/api/emergency-access', '/api/clients'],
    onSuccess: ({ client_id }) => navigate(paths.client(client_id)),
    onError: ({ fields, detail }) => {
      const refused = (['medical_record_number', 'date_of_birth', 'reason'] as const).filter((name) => fields[name]?.[0])
      refused.forEach((name) => form.setError(name, { message: fields[name]?.join(' ') ?? detail }))
      setRefusal(refused.length > 0 ? null : detail)
    },
  })
  const submit = form.handleSubmit(({ minutes, ...values }) => {
    setRefusal(null)
    open.mutate({ body: { ...values, minutes: Number(minutes) } })
  })
  return (
    <form noValidate aria-label="Open a chart" className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      {refusal && <Alert tone="danger">{refusal}</Alert>}
      <div className="grid grid-cols-2 gap-4 phone:grid-cols-1">
        <FormField control={form.control} name="medical_record_number">
          {(field) => <TextField label="Record number" required autoComplete="off" hint="From a referral, a card, or a colleague." {...field} />}
        </FormField>
        <FormField control={form.control} name="date_of_birth">
          {(field) => <DateField label="Date of birth" required {...field} />}
        </FormField>
      </div>
      <FormField control={form.control} name="reason">
        {(field) => <TextArea label="What the emergency is" required maxLength={500} className="[&_textarea]:min-h-20" hint="Kept with the access and read by whoever reviews it." {...field} />}
      </FormField>
      <FormField control={form.control} name="minutes">
        {(field) => <RadioGroup label="For how long" direction="row" options={lengths} {...field} />}
      </FormField>
      <div>
        <Button variant="primary" type="submit" icon={DoorOpen} busy={open.isPending}>
          Open the chart
        </Button>
      </div>
    </form>
  )
}

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { Controller, useForm, useWatch } from 'react-hook-form'
import { invalidate, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { FormField } from '@/ui/FormField'
import { NumberField } from '@/ui/NumberField'
import { toast } from '@/ui/toast-queue'

/** `password_max_age_days` 0: they never run out. */
type Rules = Schema<'SignInRules'>

const USUAL_DAYS = 90
/** Stands for the refusal that has a sentence of its own. */
const CHANGED = 'changed'
const whole = (least: number, most: number) => {
  const sentence = `A whole number from ${least} to ${most}.`
  return z.number(sentence).int(sentence).min(least, sentence).max(most, sentence).nullable().pipe(z.number(sentence))
}
const shape = z.object({ runs_out: z.boolean(), days: z.number().nullable(), sessions: whole(1, 20) }).superRefine(({ runs_out, days }, context) => {
  const found = whole(1, 365).safeParse(days)
  if (runs_out && !found.success) context.addIssue({ code: 'custom', path: ['days'], message: found.error.issues[0]?.message ?? '' })
})
type Values = z.input<typeof shape>

const valuesOf = ({ password_max_age_days: days, sessions_per_person: sessions }: Rules): Values => ({ runs_out: days > 0, days: days || USUAL_DAYS, sessions })
/** The box is for a short number; label and hint keep their line. */
const narrow = '[&_[role=group]]:max-w-40'
const inWords = ({ password_max_age_days: days, sessions_per_person: places }: Rules) => `${days === 0 ? 'passwords never run out' : `passwords run out after ${days} ${days === 1 ? 'day' : 'days'}`}, ${places} ${places === 1 ? 'place' : 'places'} at a time.`

/** How long a password lasts, and at how many places one may be signed in. */
export function SignInRulesForm({ rules }: { rules: Rules }) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<Values, unknown, z.output<typeof shape>>({ resolver: zodResolver(shape), values: valuesOf(rules), resetOptions: { keepDirtyValues: true } })
  const runsOut = useWatch({ control: form.control, name: 'runs_out' })
  const save = useApiMutation('put', '/api/practice/sign-in-rules', {
    invalidates: ['/api/practice/sign-in-rules', '/api/account'],
    onSuccess: (saved) => {
      form.reset(valuesOf(saved))
      toast({ message: 'Sign-in rules saved' })
    },
    onError: async ({ status, detail }) => {
      if (status === 409) await invalidate('/api/practice/sign-in-rules')
      setRefusal(status === 409 ? CHANGED : detail)
    },
  })
  const submit = form.handleSubmit(({ runs_out, days, sessions }) => {
    setRefusal(null)
    save.mutate({ body: { password_max_age_days: runs_out ? (days ?? USUAL_DAYS) : 0, sessions_per_person: sessions, version: rules.version } })
  })
  return (
    <form noValidate aria-label="Sign-in rules" className="flex max-w-xl flex-col gap-5" onSubmit={(event) => void submit(event)}>
      {refusal !== null && (refusal === CHANGED ? <Changed rules={rules} /> : <Alert tone="danger">{refusal}</Alert>)}
      <div className="flex flex-col gap-4">
        <div>
          <Controller control={form.control} name="runs_out" render={({ field: { value, onChange } }) => <Checkbox checked={value} onChange={onChange}>Passwords run out after a while</Checkbox>} />
          <p className="text-13 text-muted">A payer or an insurer may ask for it. Otherwise leave it off: people who must change a password often choose worse ones.</p>
        </div>
        {runsOut && (
          <FormField control={form.control} name="days">
            {(field) => <NumberField label="Days until a password must be changed" required min={1} max={365} className={narrow} hint="Holds at once: whoever’s password is older chooses a new one before anything else opens." {...field} />}
          </FormField>
        )}
      </div>
      <FormField control={form.control} name="sessions">
        {(field) => <NumberField label="Places one may be signed in at a time" required min={1} max={20} className={narrow} hint="One more ends the oldest and tells its owner. A lower number holds at once and ends the oldest of everybody who has more." {...field} />}
      </FormField>
      <div>
        <Button variant="primary" type="submit" busy={save.isPending} disabledReason={form.formState.isDirty ? null : 'Nothing has changed.'}>
          Save rules
        </Button>
      </div>
    </form>
  )
}

/** Nothing entered is lost: what another administrator saved stands above it. */
function Changed({ rules }: { rules: Rules }) {
  return (
    <Alert tone="warning" title="Not saved: another administrator changed the rules meanwhile">
      Now in force: {inWords(rules)} What you entered is still below. Save it again to put it in their place.
    </Alert>
  )
}

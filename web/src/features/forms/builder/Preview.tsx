import { useState } from 'react'
import { useMe } from '@/api/me'
import { today } from '@/lib/dates'
import { Section } from '@/ui/Section'
import type { Answers } from '../answers'
import { Questions } from '../parts/Questions'
import type { Definition } from '../words'

/** The form as it will be filled, to try: what is entered here is kept nowhere. */
export function Preview({ form }: { form: Definition }) {
  const zone = useMe().practice.timezone
  const [answers, setAnswers] = useState<Answers>({})
  return (
    <Section title="Preview" aside={<span className="text-12 text-muted">Try it: nothing is kept</span>}>
      {form.fields.length === 0 ? <p className="text-14 text-muted">Questions show here as they are added.</p> : <Questions definition={form} answers={answers} today={today(zone)} onAnswer={(key, value) => setAnswers((before) => ({ ...before, [key]: value }))} />}
    </Section>
  )
}

import { Checkbox } from '@/ui/Checkbox'
import { Section } from '@/ui/Section'
import type { Part } from './SettingsForm'
import { WordingField } from './WordingField'

const notices = [
  { send: 'send_on_create', text: 'create_template', about: 'booked', label: 'When an appointment is booked' },
  { send: 'send_on_update', text: 'update_template', about: 'moved', label: 'When its time or place changes' },
  { send: 'send_on_cancel', text: 'cancel_template', about: 'cancelled', label: 'When it is cancelled' },
] as const

const noLinks = { require_confirmation: false, include_reschedule_link: false, include_cancel_link: false }

/** What is told at once, and to whom. */
export function NoticesSection({ values, change, problem, fields }: Part) {
  const tell = (who: 'client' | 'clinician', isTold: boolean) => change({ notify_recipients: isTold ? [...values.notify_recipients, who] : values.notify_recipients.filter((one) => one !== who) })
  return (
    <Section title="Notices of what was done">
      <div className="flex flex-col gap-4">
        <fieldset className="flex flex-col">
          <legend className="pb-1 text-13 font-medium">Who is told</legend>
          <Checkbox checked={values.notify_recipients.includes('client')} onChange={(isTold) => tell('client', isTold)}>
            The client, by e-mail, or by text when they agreed to that alone
          </Checkbox>
          <Checkbox checked={values.notify_recipients.includes('clinician')} onChange={(isTold) => tell('clinician', isTold)}>
            The clinician, by e-mail, unless they did it themselves
          </Checkbox>
          <p className="text-13 text-muted">When a client cancels by the link, the clinician is told in any case, and it stands under Today until somebody has seen to it.</p>
        </fieldset>
        {notices.map(({ send, text, about, label }) => (
          <div key={send} className="flex flex-col gap-2 border-t border-line pt-4">
            <Checkbox checked={values[send]} onChange={(isOn) => change({ [send]: isOn })}>
              {label}
            </Checkbox>
            {(values[send] || problem(text)) && <WordingField label={`Text to the client: ${label.toLowerCase()}`} channel="email" about={about} links={noLinks} value={values[text]} onChange={(next) => change({ [text]: next })} error={problem(text)} fields={fields} />}
          </div>
        ))}
      </div>
    </Section>
  )
}

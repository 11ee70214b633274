import { useState } from 'react'
import type { ApiError } from '@/api/errors'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Section } from '@/ui/Section'
import { TimeField } from '@/ui/TimeField'
import { toast } from '@/ui/toast-queue'
import { settingsQuery, type Settings } from '../queries'
import { HoursField } from './HoursField'
import { NoticesSection } from './NoticesSection'
import { TypeTimings } from './TypeTimings'
import { WordingField } from './WordingField'

type Values = Schema<'ReminderSettingsIn'>
export type Part = { values: Values; change: (some: Partial<Values>) => void; problem: (field: string) => string | undefined; wrong: (field: string, isWrong: boolean) => void; fields: readonly string[] }

/** What is saved, of what is shown. */
function valuesOf(settings: Settings): Values {
  const shown: Record<string, unknown> = { ...settings }
  for (const name of ['is_saved', 'fields', 'agreed']) Reflect.deleteProperty(shown, name)
  return shown as Values
}

/**
 * All of it is saved together; what is planned is then planned anew. What is typed stays until it is saved or thrown
 * away for what somebody else saved (`onReload`); until something is typed, theirs is shown as it comes.
 */
export function SettingsForm({ settings, onReload }: { settings: Settings; onReload: () => void }) {
  const [typed, setTyped] = useState<Values | null>(null)
  const [notHours, setNotHours] = useState<readonly string[]>([])
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const values = typed ?? valuesOf(settings)
  const change = (some: Partial<Values>) => setTyped((before) => ({ ...(before ?? valuesOf(settings)), ...some }))
  const save = useApiMutation('put', '/api/reminder-settings', {
    invalidates: ['/api/reminder-settings', '/api/reminders'],
    onSuccess: (saved, { body }) => {
      setRefusal(null)
      queryClient.setQueryData(settingsQuery().queryKey, saved)
      setTyped((now) => (now === null || now === body ? null : { ...now, version: saved.version }))
      toast({ message: 'Saved. What is to come was planned anew.' })
    },
    onError: setRefusal,
  })
  const wrong = (field: string, isWrong: boolean) => {
    setNotHours((before) => [...before.filter((one) => one !== field), ...(isWrong ? [field] : [])])
    change({})
  }
  const part: Part = { values, change, problem: (field) => refusal?.fields[field]?.[0], wrong, fields: settings.fields }
  const isOutdated = settings.version > values.version || refusal?.code === 'settings_changed_elsewhere'
  return (
    <form
      noValidate
      aria-label="Reminder settings"
      className="flex max-w-3xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (notHours.length === 0) save.mutate({ body: values })
      }}
    >
      <WhenSection {...part} agreed={settings.agreed} />
      <ByEmail {...part} />
      <ByText {...part} />
      <Section title="Other hours for some types">
        <TypeTimings timings={values.timing_by_type} usual={values} onChange={(timing_by_type) => change({ timing_by_type })} problem={part.problem} wrong={wrong} />
      </Section>
      <NoticesSection {...part} />
      <div className="sticky bottom-0 z-10 -mx-1 phone:bottom-14 flex flex-wrap items-center justify-end gap-3 border-t border-line bg-surface px-1 py-3">
        {isOutdated && <Outdated onReload={onReload} />}
        {refusal && !isOutdated && <p role="alert" className="text-13 text-danger-text">{refusal.detail}</p>}
        <Button variant="primary" type="submit" busy={save.isPending} disabledReason={notHours.length > 0 ? 'Put the hours right first.' : null}>
          Save settings
        </Button>
      </div>
    </form>
  )
}

function Outdated({ onReload }: { onReload: () => void }) {
  return (
    <Alert
      tone="warning"
      title="Somebody else has changed these settings meanwhile"
      className="basis-full"
      action={
        <Button size="sm" onPress={onReload}>
          Show theirs
        </Button>
      }
    >
      What you typed still stands here and is not saved. Showing theirs takes it away.
    </Alert>
  )
}

function WhenSection({ values, change, problem, agreed }: Part & { agreed: number }) {
  return (
    <Section title="Reminders">
      <div className="flex flex-col gap-4">
        <Checkbox checked={values.enabled} onChange={(enabled) => change({ enabled })}>
          Remind clients of their appointments
        </Checkbox>
        <Alert>{agreed === 0 ? 'No client has agreed to messages yet. Consents are recorded under Details in each chart.' : `${agreed} client${agreed === 1 ? ' has' : 's have'} agreed to messages. Nobody else gets any.`}</Alert>
        <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
          <TimeField label="Nothing is sent from" value={values.quiet_from} onChange={(time) => time && change({ quiet_from: time })} error={problem('quiet_from')} hint="What is due then goes five minutes before." />
          <TimeField label="until" value={values.quiet_until} onChange={(time) => time && change({ quiet_until: time })} error={problem('quiet_until')} hint="By the client’s clock. The same time twice: always." />
        </div>
        <Checkbox checked={values.allow_weekends} onChange={(allow_weekends) => change({ allow_weekends })}>
          Also on Saturdays and Sundays
        </Checkbox>
        <fieldset className="flex flex-col">
          <legend className="pb-1 text-13 font-medium">Links in every reminder</legend>
          <Checkbox checked={values.require_confirmation} onChange={(require_confirmation) => change({ require_confirmation })}>
            To confirm
          </Checkbox>
          <Checkbox checked={values.include_reschedule_link} onChange={(include_reschedule_link) => change({ include_reschedule_link })}>
            To ask for another time
          </Checkbox>
          <Checkbox checked={values.include_cancel_link} onChange={(include_cancel_link) => change({ include_cancel_link })}>
            To cancel
          </Checkbox>
          <p className="text-13 text-muted">They stand below the text, unless the text has a place for them. Each works once, without signing in, until the appointment begins.</p>
        </fieldset>
      </div>
    </Section>
  )
}

const linksOf = ({ require_confirmation, include_reschedule_link, include_cancel_link }: Values) => ({ require_confirmation, include_reschedule_link, include_cancel_link })

function ByEmail({ values, change, problem, wrong, fields }: Part) {
  return (
    <Section title="By e-mail">
      <div className="flex flex-col gap-4">
        <Checkbox checked={values.email_enabled} onChange={(email_enabled) => change({ email_enabled })}>
          Send e-mail
        </Checkbox>
        <HoursField label="Hours before" value={values.email_timing} onChange={(email_timing) => change({ email_timing })} onWrong={(isWrong) => wrong('email_timing', isWrong)} error={problem('email_timing')} />
        <WordingField label="Text of the e-mail" channel="email" about="reminder" links={linksOf(values)} value={values.email_template} onChange={(email_template) => change({ email_template })} error={problem('email_template')} fields={fields} />
      </div>
    </Section>
  )
}

function ByText({ values, change, problem, wrong, fields }: Part) {
  return (
    <Section title="By text message">
      <div className="flex flex-col gap-4">
        <Checkbox checked={values.sms_enabled} onChange={(sms_enabled) => change({ sms_enabled })}>
          Send text messages
        </Checkbox>
        <HoursField label="Hours before" value={values.sms_timing} onChange={(sms_timing) => change({ sms_timing })} onWrong={(isWrong) => wrong('sms_timing', isWrong)} error={problem('sms_timing')} />
        <WordingField label="Text message" channel="sms" about="reminder" links={linksOf(values)} value={values.sms_template} onChange={(sms_template) => change({ sms_template })} error={problem('sms_template')} fields={fields} />
      </div>
    </Section>
  )
}

import { useState } from 'react'
import type { ApiError } from '@/api/errors'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { asHours, asText, notHours } from '@/lib/hours'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Panel } from '@/ui/Panel'
import { TextField } from '@/ui/TextField'
import { consentsQuery } from '../queries'

type Preferences = Schema<'PreferencesIn'>
type PreferencesPanelProps = { clientId: string; preferences: Preferences; onClose: () => void }

/** When this one client is reminded, where it differs from everybody else. */
export function PreferencesPanel({ clientId, preferences, onClose }: PreferencesPanelProps) {
  const [email, setEmail] = useState(preferences.email_timing ? asText(preferences.email_timing) : null)
  const [sms, setSms] = useState(preferences.sms_timing ? asText(preferences.sms_timing) : null)
  const [timezone, setTimezone] = useState(preferences.timezone)
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const save = useApiMutation('put', '/api/clients/{client_id}/reminder-preferences', {
    onSuccess: (data) => {
      queryClient.setQueryData(consentsQuery(clientId).queryKey, data)
      onClose()
    },
    onError: setRefusal,
  })
  const wrong = [email, sms].some((text) => text !== null && asHours(text) === null)
  return (
    <Panel
      title="When this client is reminded"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without saving</Button>
          <Button variant="primary" type="submit" form="preferences" busy={save.isPending} disabledReason={wrong ? 'Put the hours right first.' : null}>
            Save times
          </Button>
        </>
      }
    >
      <form
        id="preferences"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (wrong) return
          save.mutate({ params: { path: { client_id: clientId } }, body: { email_timing: email === null ? null : asHours(email), sms_timing: sms === null ? null : asHours(sms), timezone: timezone.trim() } })
        }}
      >
        {refusal && <Alert tone="danger">{refusal.detail}</Alert>}
        <Own label="E-mail" text={email} onChange={setEmail} />
        <Own label="Text message" text={sms} onChange={setSms} />
        <TextField label="Time zone" value={timezone} onChange={setTimezone} placeholder="America/New_York" hint="Where the client lives, for quiet hours and the time in the text. Empty: as the appointment is." error={refusal?.fields.timezone?.[0]} />
      </form>
    </Panel>
  )
}

function Own({ label, text, onChange }: { label: string; text: string | null; onChange: (text: string | null) => void }) {
  return (
    <div className="flex flex-col gap-1">
      <Checkbox checked={text !== null} onChange={(isOwn) => onChange(isOwn ? '24, 1' : null)}>
        {label} at hours of their own
      </Checkbox>
      {text !== null && <TextField label={`${label}: hours before`} inputMode="numeric" value={text} onChange={onChange} hint="Separated by commas. Empty: never." error={asHours(text) === null ? notHours : undefined} />}
    </div>
  )
}

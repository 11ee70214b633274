import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatMoment, formatPlainDate, today } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DatePicker } from '@/ui/DatePicker'
import { DescriptionList } from '@/ui/DescriptionList'
import { Dialog } from '@/ui/Dialog'
import { Link } from '@/ui/Link'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { consentKinds, consentStates, type Consent, type Consents } from '../words'

const hows = { form: 'By a form', paper: 'On paper', verbal: 'By word of mouth' } as const

/** One consent in its own words, and the way to take it back. */
export function ConsentDialog({ consent, consents, onClose }: { consent: Consent; consents: Consents; onClose: () => void }) {
  const [isRevoking, revoke] = useState(false)
  if (isRevoking) return <RevokeDialog consent={consent} also={endingWith(consent, consents)} by={consent.signer} onClose={onClose} />
  return (
    <Dialog
      title={consent.title}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          {consents.may_record && consent.revoked_on === null && (
            <Button variant="danger" onPress={() => revoke(true)}>
              Record a revocation
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Facts consent={consent} />
        <div>
          <h3 className="text-13 font-medium">What was agreed to{consent.number !== null && `, version ${consent.number}`}</h3>
          <p className="pt-1 text-14 break-words whitespace-pre-line">{consent.words}</p>
        </div>
        {consent.form_id && <Link href={paths.form(consent.form_id)}>The form that shows it</Link>}
      </div>
    </Dialog>
  )
}

function Facts({ consent }: { consent: Consent }) {
  const zone = useMe().practice.timezone
  const { recipient, scope, guardian, signer, effective, expires, revoked_on, revoked_through, revoke_reason, revoked_by } = consent
  return (
    <DescriptionList
      items={[
        { term: 'Agrees to', value: `${consentKinds[consent.kind]}, ${consentStates[consent.state].label.toLowerCase()}` },
        ...(recipient ? [{ term: 'To whom', value: recipient }, { term: 'Of what', value: scope }] : []),
        { term: 'Given by', value: guardian ? `${signer}, guardian` : signer },
        { term: 'How', value: hows[consent.how] },
        { term: 'Holds', value: `${formatPlainDate(effective)}${expires ? ` to ${formatPlainDate(expires)}` : ', without an end'}` },
        { term: 'Recorded', value: `${consent.recorded_by}, ${formatMoment(consent.recorded_at, zone)}` },
        ...(revoked_on ? [{ term: 'Revoked', value: `${formatPlainDate(revoked_on)} by ${revoked_through}; recorded by ${revoked_by}${revoke_reason ? `. ${revoke_reason}` : ''}` }] : []),
      ]}
    />
  )
}

/** Those of its kind that do not begin later; a release ends alone. */
const endingWith = ({ id, kind, effective }: Consent, { consents }: Consents): Consent[] => (kind === 'release' ? [] : consents.filter((other) => other.id !== id && other.kind === kind && other.revoked_on === null && other.effective <= effective))

function RevokeDialog({ consent, also, by, onClose }: { consent: Consent; also: Consent[]; by: string; onClose: () => void }) {
  const now = today(useMe().practice.timezone)
  const [on, setOn] = useState<string | null>(now)
  const [through, setThrough] = useState(by)
  const [reason, setReason] = useState('')
  const revoke = useApiMutation('put', '/api/consents/{client_consent_id}/revocation', {
    invalidates: ['/api/clients/{client_id}/consents'],
    onSuccess: () => {
      toast({ message: 'Revocation recorded' })
      onClose()
    },
  })
  const fields = revoke.error?.fields ?? {}
  const send = () => on && revoke.mutate({ params: { path: { client_consent_id: consent.id } }, body: { on, through: through.trim(), reason: reason.trim() } })
  return (
    <Dialog
      title="Record a revocation"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="danger" busy={revoke.isPending} disabledReason={on === null ? 'Say from which day.' : through.trim() === '' ? 'Say who takes it back.' : null} onPress={send}>
            Record revocation
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {revoke.error && Object.keys(fields).length === 0 && <Alert tone="danger">{revoke.error.detail}</Alert>}
        <p className="text-14">{consent.kind === 'release' ? 'This release ends. What was passed on before stays passed on.' : 'This consent ends. This cannot be undone; a new consent can be recorded.'}</p>
        {also.length > 0 && (
          <div className="text-14">
            <p>What was given before it ends too:</p>
            <ul className="list-disc pt-1 pl-5">
              {also.map(({ id, title, effective }) => (
                <li key={id}>
                  {title}, from {formatPlainDate(effective)}
                </li>
              ))}
            </ul>
          </div>
        )}
        <DatePicker label="From" value={on} min={consent.effective} max={now} onChange={setOn} error={fields.on?.[0]} />
        <TextField label="Taken back by" required value={through} maxLength={210} autoComplete="off" onChange={setThrough} />
        <TextArea label="Why" value={reason} maxLength={1000} rows={2} onChange={setReason} hint="If they said so." />
      </div>
    </Dialog>
  )
}

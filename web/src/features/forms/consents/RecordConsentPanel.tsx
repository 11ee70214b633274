import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatPlainDate, localDate, today } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DatePicker } from '@/ui/DatePicker'
import { Panel } from '@/ui/Panel'
import { RadioGroup } from '@/ui/RadioGroup'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { clientFormsQuery, consentsOnQuery } from '../queries'
import { consentKinds, type ConsentKind, type Consents } from '../words'

type How = 'paper' | 'verbal' | 'form'
const kindOptions = (Object.keys(consentKinds) as ConsentKind[]).map((id) => ({ id, label: consentKinds[id] }))
const OWN = 'own'

/** A minor's is given by the guardian, where there is but one; who of several it was, somebody says. */
function presumedOf({ signers, is_minor }: Pick<Consents, 'signers' | 'is_minor'>): string | null {
  if (!is_minor) return 'client'
  const guardians = signers.flatMap(({ guardian_id }) => guardian_id ?? [])
  return guardians.length === 1 ? (guardians[0] ?? null) : null
}

/** A consent that was given on paper or by word of mouth; and a release, which says to whom and of what. */
export function RecordConsentPanel({ consents, onClose }: { consents: Consents; onClose: () => void }) {
  const now = today(useMe().practice.timezone)
  const [kind, setKind] = useState<ConsentKind>('treatment')
  const [source, setSource] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [how, setHow] = useState<How>('paper')
  const [form, setForm] = useState<string | null>(null)
  const [chosen, setGiver] = useState<string | null>(null)
  const [recipient, setRecipient] = useState('')
  const [scope, setScope] = useState('')
  const [effective, setEffective] = useState<string | null>(now)
  const [expires, setExpires] = useState<string | null>(null)
  const asked = useQuery({ ...consentsOnQuery(consents.client_id, effective ?? now), enabled: effective !== null && effective !== now })
  // Who could sign on the day it was given: a guardian's authority may have ended since, or the client come of age.
  const then = effective === null || effective === now ? consents : asked.data
  const giver = then?.signers.some(({ guardian_id }) => (guardian_id ?? 'client') === chosen) ? chosen : then ? presumedOf(then) : null
  const record = useApiMutation('post', '/api/clients/{client_id}/consents', {
    invalidates: ['/api/clients/{client_id}/consents'],
    onSuccess: () => {
      toast({ message: 'Consent recorded' })
      onClose()
    },
  })
  const fields = record.error?.fields ?? {}
  const texts = consents.texts.filter((text) => text.kind === kind)
  const text = texts.find(({ template_id }) => template_id === source) ?? (source === OWN ? undefined : texts[0])
  const isRelease = kind === 'release'
  const choose = (next: ConsentKind) => {
    setKind(next)
    setSource(null)
    if (next !== 'release' && how === 'form') setHow('paper')
  }
  const send = () => {
    if (effective === null || giver === null) return
    const said = { kind, title: text?.title ?? consentKinds[kind], words: text ? '' : words.trim(), template_id: text?.template_id ?? null, guardian_id: giver === 'client' ? null : giver, signer: '', effective, expires }
    const more = { how, form_id: isRelease && how === 'form' ? form : null, recipient: isRelease ? recipient.trim() : '', scope: isRelease ? scope.trim() : '' }
    record.mutate({ params: { path: { client_id: consents.client_id } }, body: { ...said, ...more } })
  }
  return (
    <Panel
      title="Record a consent"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" type="submit" form="record-consent" busy={record.isPending} disabledReason={effective === null ? 'Say from which day it holds.' : !then ? 'Who could sign on that day is still loading.' : giver === null ? 'Say who gave it.' : null}>
            Record consent
          </Button>
        </>
      }
    >
      <form
        id="record-consent"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        {record.error && Object.keys(fields).length === 0 && <Alert tone="danger">{record.error.detail}</Alert>}
        <Select label="Agrees to" options={kindOptions} value={kind} onChange={choose} />
        {isRelease && (
          <>
            <TextField label="To whom" required value={recipient} maxLength={300} autoComplete="off" error={fields.recipient?.[0]} onChange={setRecipient} hint="A person or an organization, by name." />
            <TextArea label="Of what, and what for" required value={scope} maxLength={1000} rows={2} error={fields.scope?.[0]} onChange={setScope} />
          </>
        )}
        {texts.length > 0 && <Select label="Words" options={[...texts.map(({ template_id, title, number }) => ({ id: template_id, label: title, detail: `Version ${number}` })), { id: OWN, label: 'Other words' }]} value={text?.template_id ?? OWN} onChange={setSource} />}
        {text ? <p className="max-h-48 overflow-auto text-13 whitespace-pre-line text-muted">{text.words}</p> : <TextArea label="What was agreed to" required value={words} maxLength={20_000} rows={4} error={fields.words?.[0]} onChange={setWords} />}
        <RadioGroup label="Given by" value={giver} onChange={setGiver} error={fields.guardian_id?.[0]} options={(then ?? consents).signers.map(({ guardian_id, name }) => ({ id: guardian_id ?? 'client', label: name, detail: guardian_id ? (then === consents ? 'May sign for the client' : 'Could sign for the client on that day') : 'The client' }))} />
        {asked.error && <Alert tone="danger">{asked.error.detail}</Alert>}
        <RadioGroup label="How" value={how} onChange={setHow} error={fields.how?.[0]} options={[{ id: 'paper', label: 'On paper' }, { id: 'verbal', label: 'By word of mouth' }, ...(isRelease ? [{ id: 'form' as const, label: 'By a form in this chart' }] : [])]} />
        {isRelease && how === 'form' && <FormChoice clientId={consents.client_id} value={form} error={fields.form_id?.[0]} onChange={setForm} />}
        <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
          <DatePicker label="From" value={effective} max={now} error={fields.effective?.[0]} onChange={setEffective} />
          <DatePicker label="Last day" value={expires} {...(effective && { min: effective })} error={fields.expires?.[0]} hint={text?.months ? `Empty: good for ${text.months} ${text.months === 1 ? 'month' : 'months'}, as its words say.` : 'Empty: it does not end.'} onChange={setExpires} />
        </div>
      </form>
    </Panel>
  )
}

/** Of the client's forms, the one that shows it. */
function FormChoice({ clientId, value, error, onChange }: { clientId: string; value: string | null; error: string | undefined; onChange: (id: string) => void }) {
  const zone = useMe().practice.timezone
  const { data } = useInfiniteQuery(clientFormsQuery(clientId))
  const forms = (data?.pages.flatMap(({ items }) => items) ?? []).filter(({ status }) => status === 'accepted')
  return <Select label="Form" required options={forms.map(({ id, title, changed_at }) => ({ id, label: title, detail: `Accepted ${formatPlainDate(localDate(changed_at, zone))}` }))} value={value} placeholder={forms.length === 0 ? 'No form was accepted yet' : 'Choose…'} error={error} onChange={onChange} />
}

import { useState } from 'react'
import { Alert } from './Alert'
import { Checkbox } from './Checkbox'
import { RadioGroup } from './RadioGroup'

/** Somebody a message may go to. Empty is what they cannot be reached by. */
export type Recipient = { id: string; name: string; detail: string; email: string; phone: string }

/** To whom a message goes, and how: the first of them unless another is chosen. `whyNot` says what is missing. */
export function useRecipient(recipients: readonly Recipient[]) {
  const [to, setTo] = useState<string | null>(null)
  const [chosen, choose] = useState<'Email' | 'SMS' | null>(null)
  const [agreed, setAgreed] = useState<string | null>(null)
  const recipient = recipients.find(({ id }) => id === to) ?? recipients[0]
  const channel = chosen ?? (recipient?.email || !recipient?.phone ? ('Email' as const) : ('SMS' as const))
  const isText = channel === 'SMS'
  const address = isText ? recipient?.phone : recipient?.email
  // Who agreed, agreed for this number: another person, or another number, is asked again.
  const number = recipient ? `${recipient.id} ${recipient.phone}` : null
  const hasAgreed = number !== null && agreed === number
  const whyNot = !recipient ? 'There is nobody to send it to.' : !address ? 'There is no such address. Add one first.' : isText && !hasAgreed ? 'Ask whether they agree to a text message first.' : null
  return { recipient, setTo, channel, choose, hasAgreed, agree: (yes: boolean) => setAgreed(yes ? number : null), whyNot }
}

type RecipientChoiceProps = {
  recipients: readonly Recipient[]
  choice: ReturnType<typeof useRecipient>
  /** Said where there is nobody it may go to. */
  nobody: string
}

export function RecipientChoice({ recipients, choice, nobody }: RecipientChoiceProps) {
  const { recipient, setTo, channel, choose, hasAgreed, agree } = choice
  if (!recipient) return <Alert tone="warning">{nobody}</Alert>
  return (
    <>
      <RadioGroup label="To" value={recipient.id} onChange={setTo} options={recipients.map(({ id, name, detail }) => ({ id, label: name, detail }))} />
      <RadioGroup
        label="By"
        value={channel}
        onChange={choose}
        options={[
          { id: 'Email', label: 'E-mail', detail: recipient.email || 'No address on record', disabled: !recipient.email },
          { id: 'SMS', label: 'Text message', detail: recipient.phone || 'No number on record', disabled: !recipient.phone },
        ]}
      />
      {channel === 'SMS' && (
        <Checkbox checked={hasAgreed} onChange={agree}>
          {recipient.name} agreed to a text message at this number
        </Checkbox>
      )}
    </>
  )
}

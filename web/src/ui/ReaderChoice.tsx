import { useState } from 'react'
import { Alert } from './Alert'
import { Checkbox } from './Checkbox'
import { RadioGroup } from './RadioGroup'

/** Somebody a link may go to; `guardian_id` is null for the client. */
export type LinkReader = { guardian_id: string | null; name: string; email: string; phone: string }
type LinkChannel = 'Email' | 'SMS'

const idOf = ({ guardian_id }: LinkReader): string => guardian_id ?? 'client'

/** To whom a link goes, and how. `whyNot` says what is missing; `body` is that part of the request. */
export function useReader(readers: readonly LinkReader[]) {
  const [to, setTo] = useState(() => readers.map(idOf)[0] ?? '')
  const [chosen, choose] = useState<LinkChannel | null>(null)
  const [hasAgreed, agree] = useState(false)
  const reader = readers.find((each) => idOf(each) === to)
  const channel: LinkChannel = chosen ?? (reader?.email || !reader?.phone ? 'Email' : 'SMS')
  const isText = channel === 'SMS'
  const address = isText ? reader?.phone : reader?.email
  const whyNot = !reader ? 'There is nobody to send it to.' : !address ? 'There is no such address. Add one in the chart first.' : isText && !hasAgreed ? 'Ask whether they agree to a text message first.' : null
  const body = { guardian_id: reader?.guardian_id ?? null, channel, has_agreed: hasAgreed }
  return { reader, to, setTo, channel, choose, hasAgreed, agree, whyNot, body }
}

type ReaderChoiceProps = {
  readers: readonly LinkReader[]
  choice: ReturnType<typeof useReader>
  /** What a guardian may do, under their name. */
  may: string
  /** Said where there is nobody it may go to. */
  nobody: string
}

export function ReaderChoice({ readers, choice, may, nobody }: ReaderChoiceProps) {
  const { reader, to, setTo, channel, choose, hasAgreed, agree } = choice
  if (!reader) return <Alert tone="warning">{nobody}</Alert>
  return (
    <>
      <RadioGroup label="To" value={to} onChange={setTo} options={readers.map((each) => ({ id: idOf(each), label: each.name, detail: each.guardian_id ? may : 'The client' }))} />
      <RadioGroup
        label="By"
        value={channel}
        onChange={choose}
        options={[
          { id: 'Email', label: 'E-mail', detail: reader.email || 'No address in the chart', disabled: !reader.email },
          { id: 'SMS', label: 'Text message', detail: reader.phone || 'No number in the chart', disabled: !reader.phone },
        ]}
      />
      {channel === 'SMS' && (
        <Checkbox checked={hasAgreed} onChange={agree}>
          {reader.name} agreed to a text message at this number
        </Checkbox>
      )}
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { roleName } from '@/lib/roles'
import { Checkbox } from '@/ui/Checkbox'
import { Select } from '@/ui/Select'
import { staffQuery } from '../queries'
import { channelChoices, readerWords } from '../rule-words'
import type { RulePart } from './RulePanel'

const roles = ['administrator', 'supervisor', 'clinician', 'associate', 'billing', 'front_desk'].map((id) => ({ id, name: roleName(id) }))

/** Who was chosen and does not work here any more: shown, so that they can be taken out. */
const leftOf = (chosen: readonly string[], staff: readonly { id: string }[]) => chosen.filter((id) => !staff.some((one) => one.id === id)).map((id) => ({ id, name: 'Somebody who does not work here any more' }))

/** Who is told, and how. */
export function RuleReaders({ values, trigger, change, problem }: RulePart) {
  const { data: staff } = useQuery(staffQuery())
  const choices = values.recipient_type === 'Role' ? roles : values.recipient_type === 'Specific User' && staff ? [...staff, ...leftOf(values.recipients, staff)] : []
  const isClient = values.recipient_type === 'Client'
  const channels = isClient ? channelChoices.filter(({ id }) => id !== 'Dashboard Alert').map((one) => (one.id === 'All' ? { id: one.id, label: 'Both' } : one)) : channelChoices
  const toggle = (id: string, isIn: boolean) => change({ recipients: isIn ? [...values.recipients, id] : values.recipients.filter((one) => one !== id) })
  return (
    <div className="flex flex-col gap-3">
      <Select
        label="Who is told"
        options={trigger.recipient_types.map((id) => ({ id, label: readerWords[id] }))}
        value={values.recipient_type}
        onChange={(recipient_type) => change({ recipient_type, recipients: [], ...(recipient_type === 'Client' && values.rule_type === 'Dashboard Alert' && { rule_type: 'Email' as const }) })}
        error={problem('recipient_type')}
        {...(isClient && { hint: 'Only at an address they agreed to, and not in their quiet hours.' })}
      />
      {choices.length > 0 && (
        <fieldset className="flex max-h-64 flex-col overflow-y-auto">
          <legend className="pb-1 text-13 font-medium">{values.recipient_type === 'Role' ? 'Roles' : 'People'}</legend>
          {choices.map(({ id, name }) => (
            <Checkbox key={id} checked={values.recipients.includes(id)} onChange={(isIn) => toggle(id, isIn)}>
              {name}
            </Checkbox>
          ))}
        </fieldset>
      )}
      {problem('recipients') && <p className="text-13 text-danger-text">{problem('recipients')}</p>}
      <Select label="How" options={channels} value={values.rule_type} onChange={(rule_type) => change({ rule_type })} />
    </div>
  )
}

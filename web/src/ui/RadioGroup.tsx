import { RadioGroup as AriaRadioGroup, RadioButton, RadioField } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldParts, type ValueField } from './field-parts'
import { FieldFrame } from './FieldFrame'
import type { Option } from './Select'

export type RadioGroupProps<Id extends string> = ValueField<Id | null, Id> & {
  options: readonly Option<Id>[]
  direction?: 'column' | 'row'
}

export function RadioGroup<Id extends string>(props: RadioGroupProps<Id>) {
  const { root, frame, own } = fieldParts(props)
  const { options, value, onChange, direction = 'column', ...rest } = own
  return (
    <AriaRadioGroup
      {...rest}
      {...root}
      value={value}
      onChange={(next) => onChange(next as Id)}
    >
      <FieldFrame as="span" {...frame}>
        <div className={classes('flex', direction === 'row' ? 'flex-wrap gap-x-5' : 'flex-col')}>
          {options.map((option) => (
            <RadioField key={option.id} value={option.id} isDisabled={option.disabled}>
              <RadioButton className="group flex items-start gap-2 py-1 text-14 outline-none data-disabled:text-muted coarse:py-2.5">
                <span className="mt-px flex size-[1.125rem] shrink-0 items-center justify-center rounded-full border border-line-strong bg-raised group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:border-[5px] group-data-selected:border-accent" />
                <span>
                  {option.label}
                  {option.detail && <span className="block text-12 text-muted">{option.detail}</span>}
                </span>
              </RadioButton>
            </RadioField>
          ))}
        </div>
      </FieldFrame>
    </AriaRadioGroup>
  )
}

import { Minus, Plus } from 'lucide-react'
import { NumberField as AriaNumberField, Button, Group, Input } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldParts, type ValueField } from './field-parts'
import { fieldStyles } from './field-styles'
import { FieldFrame } from './FieldFrame'

export type NumberFieldProps = ValueField<number | null> & {
  min?: number
  max?: number
  step?: number
  /** How it is written: `{ style: 'unit', unit: 'minute' }`, `{ style: 'currency', currency: 'USD' }`. */
  format?: Intl.NumberFormatOptions
}

export function NumberField(props: NumberFieldProps) {
  const { root, frame, own } = fieldParts(props)
  const { value, onChange, min, max, format, ...rest } = own
  return (
    <AriaNumberField
      {...rest}
      {...root}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      minValue={min}
      maxValue={max}
      formatOptions={format}
    >
      <FieldFrame {...frame}>
        <Group className={fieldStyles.group}>
          <Button slot="decrement" className={fieldStyles.innerButton}>
            <Minus aria-hidden className="size-4" />
          </Button>
          <Input className={classes(fieldStyles.bareInput, 'text-center tabular')} />
          <Button slot="increment" className={fieldStyles.innerButton}>
            <Plus aria-hidden className="size-4" />
          </Button>
        </Group>
      </FieldFrame>
    </AriaNumberField>
  )
}

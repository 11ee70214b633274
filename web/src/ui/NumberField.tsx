import { Minus, Plus } from 'lucide-react'
import { NumberField as AriaNumberField, Button, Group, Input } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldStyles } from './field-styles'
import { FieldFrame, type FieldProps } from './FieldFrame'

export type NumberFieldProps = FieldProps & {
  value: number | null
  onChange: (value: number | null) => void
  onBlur?: () => void
  name?: string
  min?: number
  max?: number
  step?: number
  /** How it is written: `{ style: 'unit', unit: 'minute' }`, `{ style: 'currency', currency: 'USD' }`. */
  format?: Intl.NumberFormatOptions
}

export function NumberField({ label, hideLabel, hint, error, required, disabled, className, value, onChange, min, max, format, ...props }: NumberFieldProps) {
  return (
    <AriaNumberField
      {...props}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      minValue={min}
      maxValue={max}
      formatOptions={format}
      isInvalid={error !== undefined}
      isRequired={required}
      isDisabled={disabled}
      validationBehavior="aria"
      className={classes(fieldStyles.root, className)}
    >
      <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} required={required}>
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

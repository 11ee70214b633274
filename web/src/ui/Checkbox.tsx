import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { CheckboxButton, CheckboxField } from 'react-aria-components'
import { classes } from '@/lib/classes'

export type CheckboxProps = {
  children: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  /** Some of what it stands for is checked, some not. */
  mixed?: boolean
  disabled?: boolean
  name?: string
  className?: string
}

export function Checkbox({ children, checked, onChange, mixed = false, disabled, className, ...props }: CheckboxProps) {
  return (
    <CheckboxField {...props} isSelected={checked} isIndeterminate={mixed} onChange={onChange} isDisabled={disabled} className={classes('flex', className)}>
      <CheckboxButton className="group flex items-start gap-2 py-1 text-14 outline-none data-disabled:text-muted coarse:py-2.5">
        <span className="mt-px flex size-[1.125rem] shrink-0 items-center justify-center rounded-[4px] border border-line-strong bg-raised text-accent-contrast group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-indeterminate:border-accent group-data-indeterminate:bg-accent group-data-selected:border-accent group-data-selected:bg-accent">
          {mixed ? <Minus aria-hidden className="size-3.5" strokeWidth={3} /> : checked && <Check aria-hidden className="size-3.5" strokeWidth={3} />}
        </span>
        <span>{children}</span>
      </CheckboxButton>
    </CheckboxField>
  )
}

import type { ReactNode } from 'react'
import { SwitchButton, SwitchField } from 'react-aria-components'
import { classes } from '@/lib/classes'

export type SwitchProps = { children: ReactNode; checked: boolean; onChange: (checked: boolean) => void; disabled?: boolean; className?: string }

/** Takes effect at once. Part of a form that is saved later: Checkbox. */
export function Switch({ children, checked, onChange, disabled, className }: SwitchProps) {
  return (
    <SwitchField isSelected={checked} onChange={onChange} isDisabled={disabled} className={classes('flex', className)}>
      <SwitchButton className="group flex items-center gap-2.5 py-1 text-14 outline-none data-disabled:text-muted coarse:py-3">
        <span className="flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 transition-colors duration-120 group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:border-accent group-data-selected:bg-accent">
          <span className="size-3.5 rounded-full bg-line-strong transition-transform duration-120 group-data-selected:translate-x-4 group-data-selected:bg-accent-contrast forced-colors:bg-[ButtonText]" />
        </span>
        {children}
      </SwitchButton>
    </SwitchField>
  )
}

import { Check, Dot } from 'lucide-react'
import { classes } from '@/lib/classes'
import { PasswordField, type PasswordFieldProps } from './PasswordField'

type NewPasswordFieldProps = Omit<PasswordFieldProps, 'autoComplete' | 'hint'> & {
  shortest: number
  /** What else a password here must be, each a few words; only the server can tell. */
  rules: readonly string[]
}

/** Choosing a password: its rules stand below from the start, and the one that can be told here ticks itself off. */
export function NewPasswordField({ shortest, rules, ...props }: NewPasswordFieldProps) {
  const length = Array.from(props.value.normalize('NFKC')).length
  const isLong = length >= shortest
  const missing = shortest - length
  return (
    <div className="flex flex-col gap-2">
      <PasswordField {...props} autoComplete="new-password" />
      <ul aria-label="What a password must be" className="flex flex-col gap-1 text-13 text-muted">
        <li className={classes('flex items-start gap-1.5', isLong && 'text-success-text')}>
          {isLong ? <Check aria-label="Done:" className="mt-0.5 size-4 shrink-0" /> : <Dot aria-hidden className="mt-0.5 size-4 shrink-0" />}
          <span>
            At least {shortest} characters
            {length > 0 && !isLong && <span className="tabular">: {missing} more</span>}
          </span>
        </li>
        {rules.map((rule) => (
          <li key={rule} className="flex items-start gap-1.5">
            <Dot aria-hidden className="mt-0.5 size-4 shrink-0" />
            {rule}
          </li>
        ))}
      </ul>
    </div>
  )
}

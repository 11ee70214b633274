import { TextField, type TextFieldProps } from '@/ui/TextField'

type CodeFieldProps = Pick<TextFieldProps, 'value' | 'onChange' | 'error' | 'autoFocus' | 'hint'>

export function CodeField({ hint = 'Six digits from your authenticator app.', ...props }: CodeFieldProps) {
  return <TextField label="Code" name="code" hint={hint} autoComplete="one-time-code" inputMode="numeric" inputClassName="tabular tracking-[0.2em]" {...props} />
}

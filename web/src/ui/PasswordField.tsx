import { Eye, EyeOff } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { IconButton } from './IconButton'
import { TextField, type TextFieldProps } from './TextField'

export type PasswordFieldProps = Omit<TextFieldProps, 'type' | 'trailing' | 'onKeyDown' | 'onKeyUp' | 'autoComplete'> & { autoComplete: 'current-password' | 'new-password' }

/** A password, which one may look at, with a word about Caps Lock. Always `autoComplete`, so that a password manager knows which. */
export function PasswordField({ hint, ...props }: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  const [capsLock, setCapsLock] = useState(false)
  const watchCaps = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      onKeyDown={watchCaps}
      onKeyUp={watchCaps}
      hint={capsLock ? 'Caps Lock is on.' : hint}
      trailing={<IconButton icon={shown ? EyeOff : Eye} label={shown ? 'Hide password' : 'Show password'} size="sm" onPress={() => setShown(!shown)} />}
    />
  )
}

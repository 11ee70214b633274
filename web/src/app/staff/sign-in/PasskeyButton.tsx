import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import type { SignInStep } from '@/api/auth'
import type { ApiError } from '@/api/errors'
import { Button, type ButtonProps } from '@/ui/Button'

type Ask = 'signInByPasskey' | 'givePasskey'

/** Asks the device for a passkey. The code that does is fetched with the press: most sign in without it. */
export function usePasskey(ask: Ask, onPassed: (step: SignInStep) => void): UseMutationResult<SignInStep, ApiError, void> {
  return useMutation<SignInStep>({ mutationFn: async () => (await import('@/api/passkeys'))[ask](), onSuccess: onPassed })
}

type PasskeyButtonProps = Pick<ButtonProps, 'variant' | 'children' | 'autoFocus'> & { asking: UseMutationResult<SignInStep, ApiError, void> }

export function PasskeyButton({ asking, ...props }: PasskeyButtonProps) {
  return <Button {...props} icon={KeyRound} size="lg" className="w-full" busy={asking.isPending} onPress={() => asking.mutate()} />
}

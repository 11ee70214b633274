import { useMutation, type UseMutationOptions } from '@tanstack/react-query'
import { useState } from 'react'
import { proofsFor, type Proof } from '@/api/account'
import type { ApiError } from '@/api/errors'

type Asked<Input> = { input: Input; ways: Proof[] }

/**
 * Work that the server does only for somebody who has just proved who they are. When it asks, `proof` says how to prove it:
 * hand it to ProofDialog, which goes on with the work once the proof is given.
 */
export function useProven<Output, Input = void>(work: (input: Input) => Promise<Output>, options: Omit<UseMutationOptions<Output, ApiError, Input>, 'mutationFn' | 'onError'> = {}) {
  const [asked, setAsked] = useState<Asked<Input>>()
  const mutation = useMutation<Output, ApiError, Input>({
    ...options,
    mutationFn: work,
    onError: (error, input) => {
      const ways = proofsFor(error)
      if (ways) setAsked({ input, ways })
    },
  })
  const isAsking = mutation.error !== null && proofsFor(mutation.error) !== null
  const proof = asked && {
    ways: asked.ways,
    onProven: () => {
      setAsked(undefined)
      mutation.mutate(asked.input)
    },
    onClose: () => {
      setAsked(undefined)
      mutation.reset()
    },
  }
  return { run: mutation.mutate, data: mutation.data, isPending: mutation.isPending, error: isAsking ? null : mutation.error, reset: mutation.reset, proof }
}

export type ProofAsked = NonNullable<ReturnType<typeof useProven>['proof']>

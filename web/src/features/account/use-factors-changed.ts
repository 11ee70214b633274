import { useQueryClient } from '@tanstack/react-query'
import { factorsQuery } from '@/api/account'
import { invalidate } from '@/api/queries'

/** Once a factor has come or gone: other sessions have ended, and no browser is trusted any more. */
export function useFactorsChanged(): () => Promise<unknown> {
  const queries = useQueryClient()
  return () => Promise.all([queries.invalidateQueries({ queryKey: factorsQuery().queryKey }), invalidate('/api/account', '/api/account/sessions', '/api/account/devices')])
}

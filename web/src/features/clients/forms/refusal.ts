/** What a refused form shows: the sentence beside each field it is about, or above the form when it is about none. */
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form'
import type { ApiError } from '@/api/errors'

export const showRefusal =
  <T extends FieldValues, C, R extends FieldValues>(form: UseFormReturn<T, C, R>, names: readonly Path<T>[], above: (detail: string) => void) =>
  ({ fields, detail }: ApiError): void => {
    const refused = names.filter((name) => fields[name]?.[0])
    for (const name of refused) form.setError(name, { message: fields[name]?.[0] ?? detail })
    if (refused.length === 0) above(detail)
  }

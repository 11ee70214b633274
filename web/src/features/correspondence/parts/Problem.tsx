import { Alert } from '@/ui/Alert'
import { problemOf } from '../words'

/** What went wrong in plain words, and below them the provider's own. */
export function Problem({ text }: { text: string }) {
  const { plain, said } = problemOf(text)
  return (
    <Alert tone="warning" title="What went wrong">
      <p className="break-words">{plain}</p>
      {said !== '' && <p className="pt-1 text-12 break-words">{said}</p>}
    </Alert>
  )
}

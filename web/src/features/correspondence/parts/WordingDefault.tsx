import type { Wording } from '../queries'

/** The words the product comes with, to look at beside one's own. */
export function WordingDefault({ wording }: { wording: Wording }) {
  return (
    <details className="rounded-control border border-line px-3 py-2 text-13">
      <summary className="cursor-pointer font-medium">The product’s own words</summary>
      <div className="flex flex-col gap-2 pt-2">
        {wording.has_subject && <p className="font-medium break-words">{wording.default_subject}</p>}
        {wording.has_body && <p className="break-words whitespace-pre-wrap">{wording.default_body.trim()}</p>}
      </div>
    </details>
  )
}

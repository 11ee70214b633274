import type { Missing } from '../can'
import { jumpTo } from './Outline'

/** What signing still needs, each a way to its place. */
export function MissingList({ missing }: { missing: readonly Missing[] }) {
  if (missing.length === 0) return null
  return (
    <div className="text-13">
      <p className="text-muted">Before signing:</p>
      <ul aria-label="Missing before signing" className="flex flex-wrap gap-x-4 gap-y-1">
        {missing.map(({ section_key, message }) => (
          <li key={section_key}>
            <button type="button" onClick={() => jumpTo(section_key)} className="min-h-6 rounded-[3px] text-accent-text underline decoration-accent-text/40 underline-offset-3 hover:decoration-accent-text coarse:min-h-11">
              {message}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The product's sign and name. `compact` keeps only the sign (the collapsed rail, a phone). */
export function Wordmark({ compact = false }: { compact?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2.5">
      <svg viewBox="0 0 32 32" className="size-7 shrink-0" role={compact ? 'img' : undefined} aria-label={compact ? 'MentalSpace' : undefined} aria-hidden={compact ? undefined : true}>
        <rect width="32" height="32" rx="9" className="fill-accent" />
        <path d="M8.5 22.5V13a3.75 3.75 0 0 1 7.5 0v9.5M16 13a3.75 3.75 0 0 1 7.5 0v9.5" fill="none" className="stroke-accent-contrast" strokeWidth="2.6" strokeLinecap="round" />
        <circle cx="16" cy="7.4" r="1.7" className="fill-accent-contrast" opacity="0.7" />
      </svg>
      {!compact && (
        <span className="text-16 font-semibold tracking-tight text-text">
          Mental<span className="text-accent-text">Space</span>
        </span>
      )}
    </span>
  )
}

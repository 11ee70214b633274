const promises = ['Two factors for everybody who works with records', 'Signed out after 15 quiet minutes, with drafts kept', 'Every look at a chart leaves a trace']

/** The house beside a sign-in: the sign's two doorways, lit from within. Not on small screens, and nothing one has to read. */
export function EntryScene() {
  return (
    <aside className="relative hidden w-[46%] max-w-3xl shrink-0 overflow-hidden bg-house lg:block" aria-label="About MentalSpace">
      <svg aria-hidden viewBox="0 0 600 800" preserveAspectRatio="xMidYMid slice" className="absolute inset-0 size-full">
        <defs>
          <linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" className="[stop-color:var(--house-high)]" />
            <stop offset="1" className="[stop-color:var(--house)]" />
          </linearGradient>
          <linearGradient id="floor" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" className="[stop-color:var(--house-light)]" stopOpacity="0.5" />
            <stop offset="1" className="[stop-color:var(--house-light)]" stopOpacity="0" />
          </linearGradient>
        </defs>
        <rect width="600" height="800" fill="url(#dusk)" />
        <g className="fill-[var(--house-wall)]">
          <path d="M60 560V280a120 120 0 0 1 240 0v280z" opacity="0.35" />
          <path d="M300 560V280a120 120 0 0 1 240 0v280z" opacity="0.35" />
          <path d="M88 560V288a92 92 0 0 1 184 0v272z" opacity="0.55" />
          <path d="M328 560V288a92 92 0 0 1 184 0v272z" opacity="0.55" />
        </g>
        <path d="M116 560V296a64 64 0 0 1 128 0v264z" className="fill-[var(--house-light)]" opacity="0.92" />
        <path d="M356 560V296a64 64 0 0 1 128 0v264z" className="fill-[var(--house-light)]" opacity="0.5" />
        <path d="M116 560h128l84 240H32z" fill="url(#floor)" opacity="0.5" />
        <path d="M356 560h128l84 240H272z" fill="url(#floor)" opacity="0.28" />
        <circle cx="300" cy="120" r="17" className="fill-[var(--house-light)]" opacity="0.8" />
      </svg>
      <div className="absolute inset-x-0 bottom-0 bg-linear-to-t from-house via-house/90 to-transparent px-12 pt-32 pb-12 text-house-text">
        <p className="max-w-sm text-24 leading-tight text-balance font-semibold tracking-tight">The whole practice day, in one quiet place.</p>
        <ul className="flex flex-col gap-1.5 pt-4 text-14">
          {promises.map((promise) => (
            <li key={promise} className="flex gap-2.5">
              <span aria-hidden className="mt-[0.55em] size-1.5 shrink-0 rounded-full bg-house-light" />
              {promise}
            </li>
          ))}
        </ul>
      </div>
    </aside>
  )
}

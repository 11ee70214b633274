import { isBlank, textOf, type Note, type Sections } from '../content'

/** A note's text to read: each section under its heading, at a line length that can be read. */
export function NoteText({ sections, layout, small = false, level = 2 }: { sections: Sections; layout: Note['layout']; small?: boolean; level?: 2 | 3 }) {
  const Heading = small || level === 3 ? 'h3' : 'h2'
  return (
    <div className={small ? 'flex flex-col gap-3' : 'flex max-w-[72ch] flex-col gap-5'}>
      {layout.map(({ key, label }) => (
        <div key={key}>
          <Heading className={small ? 'text-12 font-semibold text-muted' : 'pb-1 text-14 font-semibold'}>{label}</Heading>
          <p className={small ? 'text-14 break-words whitespace-pre-wrap' : 'text-16 leading-[1.6] break-words whitespace-pre-wrap'}>
            {isBlank(textOf(sections, key)) ? <span className="text-muted">Nothing written.</span> : textOf(sections, key)}
          </p>
        </div>
      ))}
    </div>
  )
}

export function DiagnosesText({ diagnoses }: { diagnoses: Note['diagnoses'] }) {
  if (diagnoses.length === 0) return <span className="text-muted">None given.</span>
  return (
    <ol className="flex flex-col gap-0.5">
      {diagnoses.map(({ code, description }, at) => (
        <li key={`${code} ${at}`}>
          <span className="font-medium tabular">{code}</span> {description}
        </li>
      ))}
    </ol>
  )
}

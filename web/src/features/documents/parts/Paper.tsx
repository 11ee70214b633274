import { Fragment, type ReactNode } from 'react'
import { placeName, type Block } from '../templates'

type Line = Block['lines'][number]

/** A text as it will be printed. What was filled in is marked; what is still missing shows as a place with its name. */
export function Paper({ blocks, label }: { blocks: readonly Block[]; label: string }) {
  return (
    <section aria-label={label} className="rounded-control border border-line bg-surface px-6 py-5 text-14 leading-[1.6] [overflow-wrap:anywhere] phone:px-4">
      {blocks.length === 0 && <p className="text-muted">Nothing is written yet.</p>}
      {together(blocks).map((group, index) => (
        <Part key={index} blocks={group} />
      ))}
    </section>
  )
}

/** Items that follow each other are one list. */
function together(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = []
  for (const block of blocks) {
    const last = groups.at(-1)
    if (block.kind === 'item' && last?.[0]?.kind === 'item') last.push(block)
    else groups.push([block])
  }
  return groups
}

function Part({ blocks }: { blocks: readonly Block[] }): ReactNode {
  const [first] = blocks
  if (first?.kind === 'item') {
    return (
      <ul className="my-2 list-disc pl-5">
        {blocks.map((block, index) => (
          <li key={index}>
            <Words block={block} />
          </li>
        ))}
      </ul>
    )
  }
  if (first?.kind === 'heading') return <h3 className="mt-4 mb-1 text-16 font-semibold first:mt-0"><Words block={first} /></h3>
  // One level for both: what people write begins with either, and a page's levels may not be skipped.
  if (first?.kind === 'subheading') return <h3 className="mt-3 mb-1 font-semibold first:mt-0"><Words block={first} /></h3>
  return first && <p className="my-2 first:mt-0"><Words block={first} /></p>
}

const Words = ({ block }: { block: Block }) =>
  block.lines.map((line, index) => (
    <Fragment key={index}>
      {index > 0 && <br />}
      {line.map((run, place) => (
        <Run key={place} run={run} />
      ))}
    </Fragment>
  ))

function Run({ run: { text, is_bold, slot } }: { run: Line[number] }) {
  const said = text === '' ? <span className="rounded-xs border border-dashed border-warning-line bg-warning-soft px-1 text-13 text-warning-text">{placeName(slot)}</span> : slot === '' ? text : <span className="rounded-xs bg-accent-soft px-0.5 whitespace-pre-line">{text}</span>
  return is_bold ? <strong className="font-semibold">{said}</strong> : said
}

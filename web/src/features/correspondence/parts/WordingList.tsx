import { PenLine, TriangleAlert } from 'lucide-react'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { channelWords } from '../filter'
import type { Wording } from '../queries'

type Change = (wording: Wording) => void

/** Every message by area: what causes it, who gets it, and whether its words are the practice's own. */
export function WordingList({ wordings, onChange }: { wordings: readonly Wording[]; onChange: Change }) {
  const areas = [...new Set(wordings.map(({ area }) => area))]
  return (
    <div className="flex flex-col gap-4">
      {areas.map((area) => (
        <Section key={area} title={area} flush>
          <ul aria-label={area} className="divide-y divide-line">
            {wordings
              .filter((one) => one.area === area)
              .map((one) => (
                <Row key={`${one.kind} ${one.channel}`} wording={one} onChange={onChange} />
              ))}
          </ul>
        </Section>
      ))}
    </div>
  )
}

function Row({ wording, onChange }: { wording: Wording; onChange: Change }) {
  const { title, channel, cause, reader, is_own: isOwn, problem, has_body: hasBody } = wording
  const by = `${channelWords[channel]}${hasBody ? '' : ', its subject'}`
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="break-words">
          <span className="font-medium">{title}</span> <span className="text-13 text-muted">{by}</span>
        </p>
        <p className="text-13 text-muted">
          {cause} To: {reader.charAt(0).toLowerCase() + reader.slice(1)}.
        </p>
        {problem !== '' && <p className="text-13 text-danger-text">The product’s own words are sent: {problem}</p>}
      </div>
      {problem !== '' ? <StatusBadge tone="red" icon={TriangleAlert} label="Not used" size="sm" /> : isOwn && <StatusBadge tone="teal" icon={PenLine} label="Your words" size="sm" />}
      <Button size="sm" onPress={() => onChange(wording)}>
        Change <span className="sr-only">{`${title}, ${by}`}</span>
      </Button>
    </li>
  )
}

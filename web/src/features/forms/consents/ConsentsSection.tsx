import { useQuery } from '@tanstack/react-query'
import { FilePen } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { formatPlainDate } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { consentsQuery } from '../queries'
import { consentKinds, consentStates, type Consent, type Consents } from '../words'

/** Not needed to read how consents stand. */
const ConsentDialog = lazy(async () => ({ default: (await import('./ConsentDialog')).ConsentDialog }))
const RecordConsentPanel = lazy(async () => ({ default: (await import('./RecordConsentPanel')).RecordConsentPanel }))

/** What the client agreed to: what is in force, ends soon, has ended, was revoked, or is missing. */
export function ConsentsSection({ clientId }: { clientId: string }) {
  const { data, error } = useQuery(consentsQuery(clientId))
  const [isRecording, record] = useState(false)
  const [openId, open] = useState<string | null>(null)
  const shown = data?.consents.find(({ id }) => id === openId)
  const whyNot = data ? (data.may_record ? null : 'Those who treat this client, or an administrator, record consents.') : 'The consents are still loading.'
  return (
    <Section
      title="Consents"
      aside={
        <Button size="sm" icon={FilePen} disabledReason={whyNot} onPress={() => record(true)}>
          Record a consent
        </Button>
      }
    >
      {error ? <Alert tone="danger">{error.detail}</Alert> : data ? <Kinds consents={data} onOpen={open} /> : <SkeletonRows rows={3} label="Loading the consents" />}
      <Suspense fallback={null}>
        {data && isRecording && <RecordConsentPanel consents={data} onClose={() => record(false)} />}
        {data && shown && <ConsentDialog consent={shown} consents={data} onClose={() => open(null)} />}
      </Suspense>
    </Section>
  )
}

function Kinds({ consents: { kinds, consents }, onOpen }: { consents: Consents; onOpen: (id: string) => void }) {
  if (kinds.length === 0) return <p className="text-14 text-muted">None is recorded. Accepting a form with a consent records it; what was given on paper or by word of mouth is recorded here.</p>
  return (
    <ul className="flex flex-col divide-y divide-line">
      {kinds.map(({ kind, state, expected }) => (
        <li key={kind} className="flex flex-col gap-1 py-2.5 first:pt-0 last:pb-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="text-14 font-medium">{consentKinds[kind]}</h3>
            <StatusBadge size="sm" {...consentStates[state]} />
            {expected && <span className="text-12 text-muted">Expected of every client</span>}
          </div>
          <ul>
            {consents
              .filter((consent) => consent.kind === kind)
              .map((consent) => (
                <ConsentRow key={consent.id} consent={consent} onOpen={onOpen} />
              ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

function ConsentRow({ consent, onOpen }: { consent: Consent; onOpen: (id: string) => void }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 text-13">
      <span className="min-w-0 text-muted tabular">
        {consent.recipient && `To ${consent.recipient}. `}
        {spanOf(consent)}
      </span>
      <StatusAndOpen consent={consent} onOpen={onOpen} />
    </li>
  )
}

function StatusAndOpen({ consent, onOpen }: { consent: Consent; onOpen: (id: string) => void }) {
  return (
    <span className="flex items-center gap-2">
      <span className="text-muted">{consentStates[consent.state].label}</span>
      <Button size="sm" variant="quiet" aria-label={`Open ${consent.title}, ${formatPlainDate(consent.effective)}`} onPress={() => onOpen(consent.id)}>
        Open
      </Button>
    </span>
  )
}

/** From when to when, and how it came to be. */
function spanOf({ effective, expires, revoked_on, signer }: Consent): string {
  const end = revoked_on ? `, revoked ${formatPlainDate(revoked_on)}` : expires ? ` to ${formatPlainDate(expires)}` : ''
  return `${formatPlainDate(effective)}${end}, by ${signer}`
}

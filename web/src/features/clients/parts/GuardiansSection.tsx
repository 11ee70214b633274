import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment, formatPlainDate } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { authorityLooks, isStanding, permissions, relations, type Guardian } from '../authority'
import { keepsOutside } from '../can'
import { GuardianPanel } from '../forms/GuardianPanel'
import { SayDialog } from '../forms/SayDialog'

type Client = Schema<'ClientOut'>
type Deed = 'add' | 'change' | 'verify' | 'end'

/** Who acts for the client: for what, how long, on what papers, and who has seen them. */
export function GuardiansSection({ client, guardians }: { client: Client; guardians: readonly Guardian[] }) {
  const keeps = keepsOutside(useMe(), client)
  const [open, setOpen] = useState<{ deed: Deed; guardian: Guardian | null } | null>(null)
  const close = () => setOpen(null)
  const standing = guardians.filter(isStanding)
  const ended = guardians.filter((guardian) => !isStanding(guardian))
  const row = (guardian: Guardian) => <Row key={guardian.id} guardian={guardian} keeps={keeps} onDo={(deed) => setOpen({ deed, guardian })} />
  return (
    <Section
      title="Guardians and proxies"
      aside={
        keeps && (
          <Button size="sm" variant="quiet" icon={Plus} className="-mr-2.5" onPress={() => setOpen({ deed: 'add', guardian: null })}>
            Add
          </Button>
        )
      }
    >
      {standing.length === 0 && <p className="text-13 text-muted">Nobody acts for this client.</p>}
      <ul className="flex flex-col gap-5">{standing.map(row)}</ul>
      {ended.length > 0 && (
        <details className="mt-3">
          <summary className="rounded-control text-13 text-muted">{ended.length} ended</summary>
          <ul className="flex flex-col gap-5 pt-3">{ended.map(row)}</ul>
        </details>
      )}
      {open && (open.deed === 'add' || open.deed === 'change') && <GuardianPanel clientId={client.id} guardian={open.guardian} onClose={close} />}
      {open?.guardian && open.deed === 'verify' && <Verify clientId={client.id} guardian={open.guardian} onClose={close} />}
      {open?.guardian && open.deed === 'end' && <End clientId={client.id} guardian={open.guardian} onClose={close} />}
    </Section>
  )
}

function Row({ guardian, keeps, onDo }: { guardian: Guardian; keeps: boolean; onDo: (deed: Deed) => void }) {
  const may = permissions.filter(({ id }) => guardian[id]).map(({ short }) => short)
  const look = authorityLooks[guardian.state]
  return (
    <li className="flex flex-col items-start gap-1">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium break-words">{guardian.name}</span>
        <span className="text-13 text-muted">{relations[guardian.relationship]}</span>
        <StatusBadge size="sm" {...look} />
      </span>
      <p className="text-13">{sentence(may)}</p>
      <Facts guardian={guardian} />
      {keeps && isStanding(guardian) && (
        <span className="-ml-2.5 flex flex-wrap">
          {guardian.verified_at === null && (
            <Button size="sm" variant="quiet" onPress={() => onDo('verify')}>
              Verify<span className="sr-only"> {guardian.name}</span>
            </Button>
          )}
          <Button size="sm" variant="quiet" onPress={() => onDo('change')}>
            Change<span className="sr-only"> what {guardian.name} may do</span>
          </Button>
          <Button size="sm" variant="quiet" onPress={() => onDo('end')}>
            End<span className="sr-only"> the authority of {guardian.name}</span>
          </Button>
        </span>
      )}
    </li>
  )
}

const sentence = (may: readonly string[]): string => {
  const text = may.join(', ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function Facts({ guardian }: { guardian: Guardian }) {
  const { timezone } = useMe().practice
  const { start_date, end_date, ages_out_on, court_document, verified_at, verified_by, verified_how, phone, email, account_email } = guardian
  const span = [`From ${formatPlainDate(start_date)}`, end_date && `until ${formatPlainDate(end_date)}`, !end_date && ages_out_on && `until the client comes of age on ${formatPlainDate(ages_out_on)}`]
  const lines = [
    span.filter(Boolean).join(' '),
    court_document,
    verified_at && `Verified by ${verified_by} on ${formatMoment(verified_at, timezone)}: ${verified_how}`,
    [phone, email].filter(Boolean).join(' · '),
    account_email && `Signs in as ${account_email}`,
  ]
  return (
    <>
      {lines.filter(Boolean).map((line) => (
        <p key={line} className="text-13 break-words text-muted">
          {line}
        </p>
      ))}
    </>
  )
}

type DeedProps = { clientId: string; guardian: Guardian; onClose: () => void }

function Verify({ clientId, guardian, onClose }: DeedProps) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const verify = useApiMutation('post', '/api/clients/{client_id}/guardians/{guardian_id}/verification', {
    invalidates: ['/api/clients/{client_id}/authority'],
    onSuccess: () => {
      toast({ message: `${guardian.name} is verified` })
      onClose()
    },
    onError: ({ detail }) => setRefusal(detail),
  })
  return (
    <SayDialog
      title={`Verify ${guardian.name}`}
      label="What you have seen"
      hint="Driver’s license and birth certificate, court order…"
      action="Verify"
      keep="Not yet"
      busy={verify.isPending}
      refusal={refusal}
      onSay={(how) => verify.mutate({ params: { path: { client_id: clientId, guardian_id: guardian.id } }, body: { how } })}
      onClose={onClose}
    >
      You put your name to having seen who they are and what entitles them. From then on their authority counts; who verified it does not change any more.
    </SayDialog>
  )
}

function End({ clientId, guardian, onClose }: DeedProps) {
  const end = useApiMutation('delete', '/api/clients/{client_id}/guardians/{guardian_id}', {
    invalidates: ['/api/clients/{client_id}/authority'],
    onSuccess: () => {
      toast({ message: `${guardian.name} no longer acts for this client` })
      onClose()
    },
  })
  return (
    <ConfirmDialog title="End this authority" open onClose={onClose} action="End authority" danger busy={end.isPending} error={end.error?.detail} onConfirm={() => end.mutate({ params: { path: { client_id: clientId, guardian_id: guardian.id } } })}>
      {guardian.name} sees nothing more through it from this moment. It cannot be taken up again: enter and verify a new one if they act for the client later.
    </ConfirmDialog>
  )
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { ClipboardList, FilePlus2, Layers } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { Chip } from '@/ui/Chip'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { SkeletonRows } from '@/ui/Skeleton'
import { readsConsents, whyNotGive } from '../can'
import { ConsentsSection } from '../consents/ConsentsSection'
import { GivenPacket } from '../packets/GivenPackets'
import { GivePacketPanel } from '../packets/GivePacketPanel'
import { clientFormsQuery } from '../queries'
import type { FormRow } from '../words'
import { FormTable } from './FormTable'
import { GiveFormPanel } from './GiveFormPanel'

/** The forms in a client's chart: given, filled, and kept as they were answered. */
export function FormsTab({ client }: { client: Pick<Schema<'ClientOut'>, 'id' | 'care_team'> }) {
  const me = useMe()
  const [giving, give] = useState<'form' | 'packet' | null>(null)
  const [inError, showErrors] = useState(false)
  const list = useInfiniteQuery(clientFormsQuery(client.id, inError))
  const forms = list.data?.pages.flatMap(({ items }) => items) ?? []
  const alone = forms.filter(({ packet }) => packet === null)
  const whyNot = whyNotGive(me, client)
  return (
    <div className="flex flex-col gap-4 pt-4">
      {readsConsents(me) && <ConsentsSection clientId={client.id} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={FilePlus2} disabledReason={whyNot} onPress={() => give('form')}>
          Give a form
        </Button>
        <Button icon={Layers} disabledReason={whyNot} onPress={() => give('packet')}>
          Give a packet
        </Button>
        <Chip selected={inError} onChange={showErrors}>
          Entered in error
        </Chip>
      </div>
      {list.error && forms.length === 0 ? (
        <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
          {list.error.detail}
        </ErrorState>
      ) : list.isPending ? (
        <SkeletonRows rows={4} label="Loading the forms" />
      ) : forms.length === 0 ? (
        <EmptyState icon={ClipboardList} title={inError ? 'Nothing was entered in error' : 'No forms yet'}>
          {inError ? 'Forms that were sent and never should have been show here, with why.' : (whyNot ?? 'Give one, and fill it together with the client. It stays here as it was answered.')}
        </EmptyState>
      ) : (
        <>
          {packetsIn(forms).map((given) => (
            <GivenPacket key={given[0]?.packet?.bundle} forms={given} zone={me.practice.timezone} maySend={whyNot === null} />
          ))}
          {alone.length > 0 && (
            <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
              <FormTable label="Forms of the client" forms={alone} zone={me.practice.timezone} />
            </Card>
          )}
          <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
            Show earlier forms
          </LoadMore>
        </>
      )}
      {giving === 'form' && <GiveFormPanel clientId={client.id} onClose={() => give(null)} />}
      {giving === 'packet' && <GivePacketPanel clientId={client.id} onClose={() => give(null)} />}
    </div>
  )
}

/** Those that were given together, each packet by itself; the newest first. */
function packetsIn(forms: readonly FormRow[]): FormRow[][] {
  const found = new Map<string, FormRow[]>()
  for (const form of forms) if (form.packet) found.set(form.packet.bundle, [...(found.get(form.packet.bundle) ?? []), form])
  return [...found.values()]
}

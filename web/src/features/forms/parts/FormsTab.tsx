import { useInfiniteQuery } from '@tanstack/react-query'
import { ClipboardList, FilePlus2 } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { SkeletonRows } from '@/ui/Skeleton'
import { readsConsents, whyNotGive } from '../can'
import { ConsentsSection } from '../consents/ConsentsSection'
import { clientFormsQuery } from '../queries'
import { FormTable } from './FormTable'
import { GiveFormPanel } from './GiveFormPanel'

/** The forms in a client's chart: given, filled, and kept as they were answered. */
export function FormsTab({ client }: { client: Pick<Schema<'ClientOut'>, 'id' | 'care_team'> }) {
  const me = useMe()
  const [isGiving, give] = useState(false)
  const list = useInfiniteQuery(clientFormsQuery(client.id))
  const forms = list.data?.pages.flatMap(({ items }) => items) ?? []
  const whyNot = whyNotGive(me, client)
  return (
    <div className="flex flex-col gap-4 pt-4">
      {readsConsents(me) && <ConsentsSection clientId={client.id} />}
      <div>
        <Button icon={FilePlus2} disabledReason={whyNot} onPress={() => give(true)}>
          Give a form
        </Button>
      </div>
      {list.error && forms.length === 0 ? (
        <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
          {list.error.detail}
        </ErrorState>
      ) : list.isPending ? (
        <SkeletonRows rows={4} label="Loading the forms" />
      ) : forms.length === 0 ? (
        <EmptyState icon={ClipboardList} title="No forms yet">
          {whyNot ?? 'Give one, and fill it together with the client. It stays here as it was answered.'}
        </EmptyState>
      ) : (
        <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
          <FormTable label="Forms of the client" forms={forms} zone={me.practice.timezone} />
          <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
            Show earlier forms
          </LoadMore>
        </Card>
      )}
      {isGiving && <GiveFormPanel clientId={client.id} onClose={() => give(false)} />}
    </div>
  )
}

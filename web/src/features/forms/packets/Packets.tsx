import { useInfiniteQuery } from '@tanstack/react-query'
import { Layers, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { Chip } from '@/ui/Chip'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { SkeletonRows } from '@/ui/Skeleton'
import { keepsForms } from '../can'
import { packetsQuery } from '../queries'
import type { Packet } from '../words'
import { PacketPanel } from './PacketPanel'

/** The practice's packets: forms that are given together. Administrators keep them. */
export function Packets() {
  const keeps = keepsForms(useMe())
  const [retired, setRetired] = useState(false)
  const [opened, open] = useState<Packet | 'new' | null>(null)
  const list = useInfiniteQuery(packetsQuery(retired))
  const packets = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="flex flex-col gap-4 pt-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Chip selected={retired} onChange={setRetired}>
          Retired
        </Chip>
        {keeps && (
          <Button variant="primary" icon={Layers} onPress={() => open('new')}>
            New packet
          </Button>
        )}
      </div>
      {list.error && packets.length === 0 ? (
        <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
          {list.error.detail}
        </ErrorState>
      ) : list.isPending ? (
        <SkeletonRows rows={3} label="Loading the packets" />
      ) : packets.length === 0 ? (
        <EmptyState icon={Layers} title={retired ? 'Nothing is retired' : 'No packets yet'}>
          {retired ? 'Packets that are not given any more show here.' : keeps ? 'Put forms together that a client gets at once, such as all of an intake.' : 'Administrators put forms together that are given at once.'}
        </EmptyState>
      ) : (
        <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
          <ul aria-label="Packets" className="divide-y divide-line">
            {packets.map((packet) => (
              <li key={packet.id} className="flex flex-wrap items-start justify-between gap-3 px-4 py-3">
                <div className="min-w-0">
                  <p className="text-14 font-medium">{packet.title}</p>
                  {packet.description && <p className="text-13 text-muted">{packet.description}</p>}
                  <ol className="list-decimal pt-1 pl-5 text-13">
                    {packet.forms.map(({ family, title, is_published: isPublished }) => (
                      <li key={family}>
                        {title}
                        {!isPublished && <span className="text-danger-text"> (not published any more)</span>}
                      </li>
                    ))}
                  </ol>
                </div>
                {keeps && !packet.is_retired && (
                  <Button size="sm" icon={Pencil} onPress={() => open(packet)}>
                    Change {packet.title}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
            Show more packets
          </LoadMore>
        </Card>
      )}
      {opened && <PacketPanel packet={opened === 'new' ? null : opened} onClose={() => open(null)} />}
    </div>
  )
}

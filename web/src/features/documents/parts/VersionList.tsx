import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { SkeletonRows } from '@/ui/Skeleton'
import { sizeOf, troubleOf, type Kept } from '../words'

type Version = Kept & { version_number: number; uploaded_date: string; uploaded_by: string; file_size_bytes: number }
type VersionListProps<V extends Version> = { versions: readonly V[] | undefined; error: { detail: string } | null; isPending: boolean; zone: string; onOpen: (version: V) => void }

/** A document in each of its versions, the newest first. */
export function VersionList<V extends Version>({ versions, error, isPending, zone, onOpen }: VersionListProps<V>) {
  return (
    <section aria-label="Versions" className="mt-6 border-t border-line pt-4">
      <h3 className="text-13 font-semibold">Versions</h3>
      {isPending && <SkeletonRows rows={2} label="Loading versions" />}
      {error && <Alert tone="danger">{error.detail}</Alert>}
      <ul className="mt-1 flex flex-col divide-y divide-line">
        {versions?.map((version) => (
          <li key={version.id} className="flex items-center justify-between gap-3 py-2">
            <div className="min-w-0 text-13">
              <p className="font-medium">Version {version.version_number}</p>
              <p className="text-muted">
                {formatMoment(version.uploaded_date, zone)}, {version.uploaded_by}, {sizeOf(version.file_size_bytes)}
              </p>
              {troubleOf(version) && <p className="text-muted">{troubleOf(version)?.detail}</p>}
            </div>
            {version.state === 'kept' && (
              <Button size="sm" onPress={() => onOpen(version)} aria-label={`${version.is_shown ? 'Open' : 'Download'} version ${version.version_number}`}>
                {version.is_shown ? 'Open' : 'Download'}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

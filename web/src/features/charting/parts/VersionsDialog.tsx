import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { classes } from '@/lib/classes'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { SkeletonRows } from '@/ui/Skeleton'
import { isBlank, textOf, type Sections } from '../content'
import { inOrder, labelOf, type Formats } from '../layouts'
import { noteVersionsQuery } from '../queries'

type Props = { noteId: string; formats: Formats; current: Sections; /** Absent once signed: then they are only read. */ onRestore?: (key: string, text: string) => void; onClose: () => void }

/** Texts of this note that were kept: at intervals, before a large loss, and when two tabs collided. */
export function VersionsDialog({ noteId, formats, current, onRestore, onClose }: Props) {
  const zone = useMe().practice.timezone
  const { data, isPending, error } = useQuery({ ...noteVersionsQuery(noteId), staleTime: 0 })
  const [chosenId, setChosenId] = useState<string>()
  const chosen = data?.find(({ id }) => id === chosenId) ?? data?.[0]
  const texts = chosen?.sections ?? {}
  const filled = inOrder(formats, Object.keys(texts).filter((key) => !isBlank(textOf(texts, key))))
  return (
    <Dialog title="Earlier texts" open size="lg" onClose={onClose} footer={<Button onPress={onClose}>Close</Button>}>
      {isPending && <SkeletonRows rows={4} />}
      {error && <Alert tone="danger">{error.detail}</Alert>}
      {data?.length === 0 && <p className="py-6 text-center text-14 text-muted">No earlier texts yet. One is kept every five minutes while you write, before a large deletion, and when two tabs collide.</p>}
      {chosen && (
        <div className="grid grid-cols-[13rem_1fr] gap-5 phone:grid-cols-1">
          <ul aria-label="Kept texts" className="flex max-h-96 flex-col gap-0.5 overflow-y-auto p-0.5 phone:max-h-40">
            {data?.map(({ id, created_at, kept_because }) => (
              <li key={id}>
                <button
                  type="button"
                  aria-pressed={id === chosen.id}
                  onClick={() => setChosenId(id)}
                  className={classes('min-h-9 w-full rounded-control px-2 py-1 text-left text-13 tabular hover:bg-hover', id === chosen.id && 'bg-accent-soft font-medium text-accent-text')}
                >
                  {formatMoment(created_at, zone)}
                  {kept_because === 'conflict' && <span className="block text-12">Not saved then: two tabs collided</span>}
                </button>
              </li>
            ))}
          </ul>
          <div className="flex min-w-0 flex-col gap-4">
            {filled.length === 0 && <p className="text-14 text-muted">This text is empty.</p>}
            {filled.map((key) => {
              const text = textOf(texts, key)
              const isSame = textOf(current, key) === text
              return (
                <section key={key} aria-label={labelOf(formats, key)}>
                  <div className="flex min-h-9 items-center justify-between gap-3">
                    <h3 className="text-13 font-semibold">{labelOf(formats, key)}</h3>
                    {isSame ? (
                      <span className="text-12 text-muted">as it is now</span>
                    ) : (
                      onRestore && (
                        <Button size="sm" onPress={() => onRestore(key, text)}>
                          Restore this section
                        </Button>
                      )
                    )}
                  </div>
                  <p className="text-14 leading-[1.6] break-words whitespace-pre-wrap">{text}</p>
                </section>
              )
            })}
          </div>
        </div>
      )}
    </Dialog>
  )
}

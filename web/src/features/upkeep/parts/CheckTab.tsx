import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { useRuns } from '../queries'
import { isRunning, type Run } from '../words'
import { RunTable } from './RunTable'

const isCheck = ({ kind }: Run) => kind === 'check' || kind === 'deep_check'

/** Whether every file is where it should be. */
export function CheckTab({ zone }: { zone: string }) {
  const { data, error } = useRuns()
  const start = useApiMutation('post', '/api/storage/runs', { invalidates: ['/api/storage/runs'] })
  const checks = data?.filter(isCheck)
  const runs = checks?.some(isRunning) ?? false
  const wait = runs ? 'A check runs already.' : null
  const ask = (kind: 'check' | 'deep_check') => start.mutate({ body: { kind, reason: '', older_than_years: 7, only_former: true } })
  return (
    <Section
      title="Is every file where it should be?"
      flush
      aside={
        <span className="flex flex-wrap gap-2">
          <Button size="sm" disabledReason={wait} onPress={() => ask('deep_check')}>
            Check thoroughly
          </Button>
          <Button size="sm" busy={start.isPending} disabledReason={wait} onPress={() => ask('check')}>
            Check now
          </Button>
        </span>
      }
    >
      <p className="border-b border-line px-4 py-3 text-13 text-muted">
        A check finds rows whose file is gone and files that no row names, and clears away what failed uploads left. It runs every night. The thorough one reads every file and compares its hash, which takes a while. Files that are back where they were open again by themselves.
      </p>
      {(start.error ?? error) && <Alert tone="danger" className="m-4">{(start.error ?? error)?.detail}</Alert>}
      {checks === undefined ? <SkeletonRows rows={3} label="Loading the checks" /> : <RunTable label="Latest checks" runs={checks} zone={zone} empty="Nobody has checked yet." />}
    </Section>
  )
}

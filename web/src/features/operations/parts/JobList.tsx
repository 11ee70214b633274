import { useState } from 'react'
import { CircleX, Clock, Server } from 'lucide-react'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatNear } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { ReasonDialog } from '@/ui/ReasonDialog'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { repairsQuery } from '../queries'
import { Repair } from './Repair'

type Job = Schema<'StuckJobOut'>
type Asked = { job: Job; what: 'retry' | 'drop' }

/** Jobs that failed, and those that should have begun five minutes ago. */
export function JobList({ jobs, zone }: { jobs: Job[]; zone: string }) {
  const [asked, ask] = useState<Asked | null>(null)
  return (
    <Section title="Jobs" flush>
      <p className="border-b border-line px-4 py-3 text-13 text-muted">Work the product does by itself, that failed or has waited for five minutes. Of an error only its kind is shown; the whole is in the worker’s log.</p>
      {jobs.length === 0 ? (
        <p className="px-4 py-6 text-13 text-muted">No job has failed, and none waits for long.</p>
      ) : (
        <ul aria-label="Jobs">
          {jobs.map((job) => (
            <JobItem key={job.id} job={job} zone={zone} onAsk={(what) => ask({ job, what })} />
          ))}
        </ul>
      )}
      {asked && <JobDialog key={`${asked.job.id} ${asked.what}`} asked={asked} onClose={() => ask(null)} />}
    </Section>
  )
}

function JobItem({ job, zone, onAsk }: { job: Job; zone: string; onAsk: (what: Asked['what']) => void }) {
  const failed = job.status === 'failed'
  return (
    <Repair
      title={job.task}
      badges={
        <>
          {failed ? <StatusBadge size="sm" tone="red" icon={CircleX} label="Failed" /> : <StatusBadge size="sm" tone="amber" icon={Clock} label="Waits" />}
          {job.of_installation && <StatusBadge size="sm" tone="grey" icon={Server} label="Whole installation" />}
        </>
      }
      actions={
        <>
          {failed && (
            <Button size="sm" onPress={() => onAsk('retry')}>
              Retry<span className="sr-only">: {job.task}, number {job.id}</span>
            </Button>
          )}
          <Button size="sm" variant="quiet" onPress={() => onAsk('drop')}>
            Drop<span className="sr-only">: {job.task}, number {job.id}</span>
          </Button>
        </>
      }
    >
      <p>{standing(job, zone)}</p>
      <p>
        <code className="text-12">{job.name}</code>, number {job.id}
      </p>
    </Repair>
  )
}

function standing({ status, since, attempts, error, is_held }: Job, zone: string): string {
  const when = since === null ? '' : `, ${formatNear(since, zone)}`
  const tries = attempts === 1 ? 'once' : `${attempts.toLocaleString('en-US')} times`
  if (status === 'todo') return `Should have begun${when}.${attempts > 0 ? ` It was tried ${tries} before.` : ''}${is_held ? ' The same work is being done just now; it begins after that.' : ''}`
  return `Tried ${tries}, the last time${when}. ${error ? `The error: ${error}.` : 'Of which kind the error was is not known here any more.'}`
}

const texts = {
  retry: { title: 'Retry this job?', action: 'Retry job', done: 'The job waits in the queue again', says: 'It begins again from its start; jobs are made so that this does no harm.' },
  drop: { title: 'Drop this job?', action: 'Drop job', done: 'Job dropped', says: 'It is not done. What the product does on a schedule is done again at its next time; what somebody asked for has to be asked for again.' },
}

function JobDialog({ asked: { job, what }, onClose }: { asked: Asked; onClose: () => void }) {
  const { title, action, done, says } = texts[what]
  const onSuccess = (left: Schema<'RepairsOut'>) => {
    queryClient.setQueryData(repairsQuery().queryKey, left)
    toast({ message: done })
    onClose()
  }
  const retry = useApiMutation('post', '/api/operations/repairs/jobs/{job_number}/retry', { onSuccess })
  const drop = useApiMutation('post', '/api/operations/repairs/jobs/{job_number}/drop', { onSuccess })
  const repair = what === 'retry' ? retry : drop
  return (
    <ReasonDialog title={title} open onClose={onClose} action={action} busy={repair.isPending} error={repair.error?.detail ?? null} onConfirm={(reason) => repair.mutate({ params: { path: { job_number: job.id } }, body: { reason } })}>
      <p className="font-medium">{job.task}</p>
      <p className="mt-1">{says}</p>
    </ReasonDialog>
  )
}

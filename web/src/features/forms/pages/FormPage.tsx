import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Printer, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useParams, type LoaderFunctionArgs } from 'react-router'
import { useMe } from '@/api/me'
import { invalidate, prefetch, useApiMutation } from '@/api/queries'
import { formatMoment, formatPlainDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Link } from '@/ui/Link'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { ErrorDialog } from '../parts/ErrorDialog'
import { Filling } from '../parts/Filling'
import { LinksSection } from '../parts/LinksSection'
import { Reading } from '../parts/Reading'
import { ReviewSection } from '../parts/ReviewSection'
import { formQuery, formReads } from '../queries'
import { isFillable, statuses, type Form, type Round } from '../words'

export const loader = ({ params }: LoaderFunctionArgs) => prefetch(formQuery(params.formId ?? ''))

/** A form that a client was given: filled together with them, then reviewed, then read. */
export function Component() {
  const { formId = '' } = useParams()
  const { data: form } = useSuspenseQuery(formQuery(formId))
  const queries = useQueryClient()
  const zone = useMe().practice.timezone
  const round = isFillable(form) && form.may_write ? (form.rounds[0]?.id ?? null) : null
  const [filled, fill] = useState(round)
  if (round !== null && filled !== round) fill(round)
  const sent = (next: Form) => {
    queries.setQueryData(formQuery(formId).queryKey, next)
    void invalidate('/api/forms', '/api/clients/{client_id}/forms')
    fill(null)
    toast({ message: 'Form sent. It waits for a review.' })
  }
  const [newest, ...earlier] = filled === null ? form.rounds : [undefined, ...form.rounds.slice(1)]
  return (
    <>
      <PageHeader title={form.title} subtitle={<About form={form} />} actions={<Actions form={form} />} />
      <div className="flex flex-col gap-6">
        {form.error && (
          <Alert tone="warning" title="Entered in error: nothing in it counts">
            {form.error.reason} ({form.error.by}, {formatMoment(form.error.at, zone)})
          </Alert>
        )}
        {/* Stays while it is open, also when somebody else closes the form: what was typed is not taken away. */}
        {filled !== null && <Filling key={filled} form={form} onSent={sent} onLeave={() => fill(null)} />}
        {form.may_write && (isFillable(form) || form.status === 'submitted' || form.packet) && <LinksSection form={form} />}
        {newest && <Reading form={form} round={newest} zone={zone} level={2} />}
        {newest?.outcome && <Decision round={newest} zone={zone} />}
        {filled === null && form.status === 'submitted' && form.may_write && <ReviewSection form={form} />}
        {earlier.map((round) => round && <Earlier key={round.id} form={form} round={round} zone={zone} />)}
      </div>
    </>
  )
}

function About({ form }: { form: Form }) {
  const { tone, icon, label } = statuses[form.status]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Link href={paths.client(form.client_id)}>{form.client_name}</Link>
      <StatusBadge tone={tone} icon={icon} label={label} />
      <span>
        Version {form.number}, given by {form.assigned_by}
      </span>
      {form.due_date && <span className="tabular">Due {formatPlainDate(form.due_date)}</span>}
    </div>
  )
}

function Actions({ form }: { form: Form }) {
  const [isAsking, ask] = useState(false)
  const [isError, setError] = useState(false)
  const wasSent = form.status === 'submitted' || form.status === 'accepted' || form.status === 'rejected'
  const withdraw = useApiMutation('put', '/api/forms/{form_id}/withdrawal', {
    invalidates: [...formReads],
    onSuccess: () => {
      ask(false)
      toast({ message: 'Form taken back' })
    },
  })
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      {!isFillable(form) && (
        <Button icon={Printer} onPress={() => globalThis.print()}>
          Print form
        </Button>
      )}
      {isFillable(form) && form.may_write && (
        <Button icon={Undo2} onPress={() => ask(true)}>
          Take back
        </Button>
      )}
      {wasSent && form.may_write && (
        <Button variant="quiet" onPress={() => setError(true)}>
          Entered in error
        </Button>
      )}
      {isError && <ErrorDialog formId={form.id} onClose={() => setError(false)} />}
      <ConfirmDialog title="Take this form back?" open={isAsking} onClose={() => ask(false)} action="Take back" danger busy={withdraw.isPending} error={withdraw.error?.detail} onConfirm={() => withdraw.mutate({ params: { path: { form_id: form.id } } })}>
        Nobody can fill it any more. What was entered so far stays in the chart.
      </ConfirmDialog>
    </div>
  )
}

const outcomes = { accepted: 'Accepted', returned: 'Changes asked for', rejected: 'Rejected', '': '' } as const

function Decision({ round, zone }: { round: Round; zone: string }) {
  return (
    <p className="text-13 text-muted tabular">
      {outcomes[round.outcome]} by {round.reviewed_by}
      {round.reviewed_at && `, ${formatMoment(round.reviewed_at, zone)}`}
      {round.review_note && `: ${round.review_note}`}
      {round.taken.map(({ what, label, before, after }) => (
        <span key={what} className="block">
          Taken over into the chart: {label}, {after}
          {before && ` (before: ${before})`}
        </span>
      ))}
    </p>
  )
}

function Earlier({ form, round, zone }: { form: Form; round: Round; zone: string }) {
  return (
    <Section title={`Round ${round.round}, as it was sent`}>
      <div className="flex flex-col gap-3">
        <Reading form={form} round={round} zone={zone} level={3} />
        <Decision round={round} zone={zone} />
      </div>
    </Section>
  )
}

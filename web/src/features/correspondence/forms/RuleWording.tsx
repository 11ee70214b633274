import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useDeferredValue } from 'react'
import { http } from '@/api/client'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import type { RuleValues } from '../rule-values'
import { channelChoices } from '../rule-words'
import type { RulePart } from './RulePanel'

const listed = (fields: readonly string[]) => `Fields: ${fields.map((name) => `{${name}}`).join(' ')}`

/** The words, and at once what a reader gets by each channel, with invented values. */
export function RuleWording({ values, trigger, change, problem }: RulePart) {
  const body = useDeferredValue(named(values))
  const hasWords = body.message_subject.trim() !== '' && body.message_template.trim() !== ''
  const { data: shown, error } = useQuery({ ...previewQuery(body), enabled: hasWords, placeholderData: keepPreviousData })
  const test = useApiMutation('post', '/api/notification-rule-tests', {
    onSuccess: () => toast({ message: 'On its way to you' }),
    onError: ({ detail, fields }) => toast({ message: fields.message_template?.[0] ?? fields.message_subject?.[0] ?? detail, tone: 'danger' }),
  })
  return (
    <div className="flex flex-col gap-3">
      <TextField label="Subject" value={values.message_subject} maxLength={120} onChange={(message_subject) => change({ message_subject })} error={problem('message_subject') ?? error?.fields.message_subject?.[0]} hint={`Also the title under the bell. ${listed(trigger.subject_fields)}`} />
      <TextArea label="Text" value={values.message_template} rows={4} onChange={(message_template) => change({ message_template })} error={problem('message_template') ?? error?.fields.message_template?.[0]} hint={listed(trigger.fields)} />
      {hasWords && !error && shown && (
        <section aria-label="Preview" aria-live="polite" className="flex flex-col gap-2">
          {shown.map(({ channel, subject, text }) => (
            <Alert key={channel} title={subject === '' ? titleOf(channel) : `${titleOf(channel)}: ${subject}`}>
              <p className="pt-1 text-13 break-words whitespace-pre-wrap">{text}</p>
            </Alert>
          ))}
          <p className="text-12 text-muted">With invented names. Outside the product “a client” stands for the name.</p>
        </section>
      )}
      <div>
        <Button size="sm" icon={Send} busy={test.isPending} disabledReason={hasWords ? null : 'Write subject and text first.'} onPress={() => test.mutate({ body: named(values) })}>
          Send a test to myself
        </Button>
      </div>
    </div>
  )
}

const titleOf = (channel: string): string => channelChoices.find(({ id }) => id === channel)?.label ?? channel

/** A rule can be looked at before it has a name. */
export const named = (values: RuleValues): RuleValues => ({ ...values, rule_name: values.rule_name.trim().length < 3 ? 'Without a name' : values.rule_name })

const previewQuery = (body: RuleValues) => ({
  queryKey: ['preview of a rule', body.trigger_event, body.rule_type, body.recipient_type, body.message_subject, body.message_template],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await http.POST('/api/notification-rule-previews', { body, signal })).data ?? [],
  retry: false,
})

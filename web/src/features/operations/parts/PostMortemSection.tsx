import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment } from '@/lib/dates'
import { useAskBeforeUnload } from '@/lib/use-unsaved'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { DescriptionList } from '@/ui/DescriptionList'
import { Section } from '@/ui/Section'
import { TextArea } from '@/ui/TextArea'
import { changed, inPath } from '../forms/incident-change'
import type { Incident } from '../incident-words'

type Texts = Omit<Required<Schema<'PostMortemIn'>>, 'version'>
const fields: { id: keyof Texts; label: string; hint: string; isNeeded: boolean }[] = [
  { id: 'summary', label: 'Summary', hint: 'What happened, in a few sentences.', isNeeded: true },
  { id: 'impact', label: 'Impact', hint: 'Who could not do what, for how long.', isNeeded: true },
  { id: 'root_cause', label: 'Root cause', hint: 'Why it could happen.', isNeeded: true },
  { id: 'went_well', label: 'What went well', hint: '', isNeeded: false },
  { id: 'went_badly', label: 'What went badly', hint: '', isNeeded: false },
  { id: 'lessons', label: 'What was learnt', hint: 'What is to be done about it stands under Action items.', isNeeded: false },
]
const blank: Texts = { summary: '', impact: '', root_cause: '', went_well: '', went_badly: '', lessons: '' }
const textsOf = (written: Incident['post_mortem']): Texts => (written ? (Object.fromEntries(fields.map(({ id }) => [id, written[id]])) as Texts) : blank)

/** What was learnt: written by anybody who runs operations, kept for good once it is published. */
export function PostMortemSection({ incident, zone }: { incident: Incident; zone: string }) {
  const written = incident.post_mortem
  if (written !== null && written.published_at !== null) {
    return (
      <Section title="Post-mortem" aside={<span className="text-13 text-muted">{`Published by ${written.published_by ?? 'somebody'}, ${formatMoment(written.published_at, zone)}`}</span>}>
        <DescriptionList items={fields.filter(({ id }) => written[id]).map(({ id, label }) => ({ term: label, value: <span className="whitespace-pre-wrap">{written[id]}</span> }))} />
      </Section>
    )
  }
  if (incident.status === 'closed') return null
  return <Editor incident={incident} />
}

function Editor({ incident }: { incident: Incident }) {
  const [base, build] = useState({ version: incident.post_mortem?.version ?? null, texts: textsOf(incident.post_mortem) })
  const [texts, write] = useState(base.texts)
  const [publishing, publish] = useState(false)
  const isUnsaved = fields.some(({ id }) => texts[id] !== base.texts[id])
  useAskBeforeUnload(isUnsaved)
  const saved = changed(incident, 'Post-mortem saved')
  const save = useApiMutation('put', '/api/operations/incidents/{operations_incident_id}/post-mortem', {
    ...saved,
    onSuccess: (fresh) => {
      saved.onSuccess(fresh)
      build({ version: fresh.post_mortem?.version ?? null, texts })
    },
  })
  const out = useApiMutation('post', '/api/operations/incidents/{operations_incident_id}/post-mortem/publication', changed(incident, 'Post-mortem published', () => publish(false)))
  const theirs = incident.post_mortem
  const takeTheirs = () => {
    build({ version: theirs?.version ?? null, texts: textsOf(theirs) })
    write(textsOf(theirs))
    save.reset()
  }
  const missing = fields.filter(({ id, isNeeded }) => isNeeded && !texts[id].trim()).map(({ label }) => label.toLowerCase())
  const notYet = isUnsaved ? 'Save it first.' : missing.length > 0 ? `Write the ${missing.join(', ')} first.` : incident.resolved_at === null ? 'Resolve the incident first.' : null
  const hasMoved = save.error?.code === 'changed_elsewhere' || (theirs?.version ?? null) !== base.version
  return (
    <Section title="Post-mortem">
      <div className="flex flex-col gap-4">
        {save.error && <Alert tone="danger">{save.error.detail}</Alert>}
        {hasMoved && !save.isPending && (
          <Alert tone="warning" title="Somebody else has written here meanwhile">
            Yours is still below. Copy what you want to keep, then look at theirs.{' '}
            <Button size="sm" onPress={takeTheirs}>
              Show theirs
            </Button>
          </Alert>
        )}
        {fields.map(({ id, label, hint }) => (
          <TextArea key={id} label={label} hint={hint || undefined} value={texts[id]} onChange={(text) => write({ ...texts, [id]: text })} rows={3} maxLength={10_000} error={out.error?.fields[id]?.[0]} />
        ))}
        <div className="flex flex-wrap items-center gap-2">
          <Button busy={save.isPending} disabledReason={isUnsaved ? null : 'There is nothing new to save.'} onPress={() => save.mutate({ ...inPath(incident), body: { version: base.version, ...texts } })}>
            Save the draft
          </Button>
          <Button variant="primary" disabledReason={notYet} onPress={() => publish(true)}>
            Publish
          </Button>
          <span className="text-13 text-muted">Nothing about clients, please.</span>
        </div>
      </div>
      <ConfirmDialog title="Publish the post-mortem?" open={publishing} onClose={() => publish(false)} action="Publish" busy={out.isPending} error={out.error?.detail} keep="Not yet" onConfirm={() => base.version !== null && out.mutate({ ...inPath(incident), body: { version: base.version } })}>
        Every administrator reads it. Nothing changes it any more.
      </ConfirmDialog>
    </Section>
  )
}

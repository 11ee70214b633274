import { formatMoment, formatPlainDate } from '@/lib/dates'
import { Section } from '@/ui/Section'
import { inWords, isAnswered, shown } from '../answers'
import { isSigned, type Form, type Round } from '../words'
import { FileAnswer } from './FileAnswer'

/** A round as it was answered, in the words of its form; for reading and for paper. */
export function Reading({ form, round, zone, level }: { form: Pick<Form, 'id' | 'client_id' | 'definition' | 'files'>; round: Round; zone: string; level: 2 | 3 }) {
  const { definition } = form
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-muted tabular">
        {round.submitted_at ? `Sent ${formatMoment(round.submitted_at, zone)}` : round.saved_at ? `Last saved ${formatMoment(round.saved_at, zone)}` : 'Nothing was entered'}
        {round.typed_by && `, typed by ${round.typed_by}`}
      </p>
      {round.scores.length > 0 && <Scores scores={round.scores} level={level} />}
      <dl className="flex max-w-2xl flex-col gap-3">
        {shown(definition, round.answers).map((field) =>
          field.kind === 'heading' ? (
            <div key={field.key} className="border-b border-line pt-3 pb-1">
              <dt className="text-16 font-semibold">{field.label}</dt>
              <dd className="text-13 whitespace-pre-line text-muted">{field.help}</dd>
            </div>
          ) : (
            <div key={field.key}>
              <dt className="text-13 whitespace-pre-line text-muted">
                {field.label}
                {isSigned(field.kind) && field.help && <span className="block">{field.help}</span>}
              </dt>
              <dd className="text-14 break-words whitespace-pre-line">{field.kind === 'file' && isAnswered(field, round.answers[field.key]) ? <FileAnswer form={form} value={round.answers[field.key]} /> : isAnswered(field, round.answers[field.key]) ? inWords(field, round.answers[field.key], formatPlainDate) : <span className="text-muted">Not answered</span>}</dd>
            </div>
          ),
        )}
      </dl>
    </div>
  )
}

function Scores({ scores, level }: { scores: Round['scores']; level: 2 | 3 }) {
  return (
    <Section title="Scores" level={level}>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {scores.map(({ key, label, total, missing, band }) => (
          <div key={key}>
            <dt className="text-13 text-muted">{label}</dt>
            <dd className="text-14 font-medium tabular">{total === null ? (missing > 0 ? `No total: ${missing} not answered` : 'Not asked') : `${total}${band && ` · ${band}`}`}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

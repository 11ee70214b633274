import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { formatPlainDate } from '@/lib/dates'
import { inWords, shown, type Answers } from '../answers'
import type { Definition } from '../words'
import { Question } from './Question'

type QuestionsProps = {
  definition: Definition
  answers: Answers
  onAnswer: (key: string, value: unknown) => void
  today: string
  errors?: Record<string, string[]>
  /** By question: what somebody else answered meanwhile. */
  conflicts?: Answers
  onResolve?: (key: string, value: unknown) => void
}

/** The questions of a form that its answers let be seen, to be answered. */
export function Questions({ definition, answers, onAnswer, today, errors = {}, conflicts = {}, onResolve }: QuestionsProps) {
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      {shown(definition, answers).map((field) => (
        <div key={field.key} id={`question-${field.key}`} className="flex flex-col gap-2">
          <Question field={field} value={answers[field.key]} error={errors[field.key]?.[0]} today={today} onAnswer={(value) => onAnswer(field.key, value)} />
          {field.key in conflicts && onResolve && (
            <Alert tone="warning" title="Somebody else answered this meanwhile">
              <p className="break-words whitespace-pre-line">{inWords(field, conflicts[field.key], formatPlainDate) || 'They took the answer back.'}</p>
              <div className="flex flex-wrap gap-2 pt-2">
                <Button size="sm" onPress={() => onResolve(field.key, conflicts[field.key])}>
                  Use theirs
                </Button>
                <Button size="sm" onPress={() => onResolve(field.key, answers[field.key])}>
                  Keep mine
                </Button>
              </div>
            </Alert>
          )}
        </div>
      ))}
    </div>
  )
}

import { expect, test } from 'vitest'
import { inWords, merge, progress, same, shown } from './answers'
import { add, answersOf, askedBefore, change, freeKey, move, remove, removeOption, whyNotMove } from './builder/draft'
import { template } from './test-data'

const { definition } = template
const keys = (answers: Record<string, unknown>) => shown(definition, answers).map(({ key }) => key)

test('what is shown follows the answers', () => {
  expect(keys({})).toEqual(['name', 'takes'])
  expect(keys({ takes: true })).toEqual(['name', 'takes', 'which'])
  expect(progress(definition, { takes: true, name: ' ' })).toEqual({ done: 1, total: 3 })
})

test('answers are the same whatever the order of their keys', () => {
  expect(same({ name: 'A', date: 'B' }, { date: 'B', name: 'A' })).toBe(true)
  expect(same(['a', 'b'], ['b', 'a'])).toBe(false)
  expect(same(undefined, '')).toBe(false)
})

test('merging keeps what each side changed', () => {
  const base = { one: 1, two: 2, three: 3 }
  expect(merge(base, { one: 9, three: 3 }, { one: 1, two: 2, three: 8 })).toEqual({ answers: { one: 9, three: 8 }, conflicts: {} })
  expect(merge(base, { ...base, one: 9 }, { ...base, one: 8 })).toEqual({ answers: { ...base, one: 9 }, conflicts: { one: 8 } })
})

test('an answer is read in words', () => {
  const [name, takes] = definition.fields
  expect(inWords(takes!, false, String)).toBe('No')
  expect(inWords(name!, 'Cleo', String)).toBe('Cleo')
  expect(inWords({ ...name!, kind: 'signature' }, { name: 'Cleo', date: '2026-01-02', signed: true }, (date) => `<${date}>`)).toBe('Signed by Cleo on <2026-01-02>')
  expect(inWords({ ...name!, kind: 'choices', options: [{ key: 'a', label: 'First', points: 0 }] }, ['a'], String)).toBe('First')
})

test('a question is added after the one that is open, with a key that is free', () => {
  const made = add(definition, 'scored', 'name')
  expect(made.form.fields.map(({ key }) => key)).toEqual(['name', 'q4', 'takes', 'which'])
  expect(made.form.scores).toHaveLength(1)
  expect(made.form.fields[1]?.score).toBe(made.form.scores[0]?.key)
  expect(freeKey('q', ['q1', 'q3'])).toBe('q4')
  expect(remove(made.form, made.key)).toEqual(definition)
})

test('a question never moves before one it depends on', () => {
  expect(whyNotMove(definition, 'which', -1)).toMatch(/because of the other/)
  expect(move(definition, 'which', -1)).toBe(definition)
  expect(move(definition, 'takes', -1).fields.map(({ key }) => key)).toEqual(['takes', 'name', 'which'])
  expect(whyNotMove(definition, 'name', -1)).toBe('This is the first.')
})

test('what depended on something removed is always shown', () => {
  expect(remove(definition, 'takes').fields.at(-1)?.show_when).toBeNull()
  const choice = change(definition, 'takes', { kind: 'choice', options: [{ key: 'yes', label: 'Yes', points: 0 }] })
  expect(removeOption(choice, 'takes', 'yes').fields.at(-1)?.show_when).toBeNull()
})

test('only earlier questions with answers to compare may be a cause', () => {
  expect(askedBefore(definition, 'which').map(({ key }) => key)).toEqual(['name', 'takes'])
  expect(answersOf(definition.fields[1]!).map(({ id }) => id)).toEqual(['yes', 'no'])
})

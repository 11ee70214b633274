import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { toApiError } from '@/api/errors'
import type { Answers } from './answers'
import { AGAIN, PAUSE, Saver, type Transport } from './saver'
import { sent } from './test-data'
import type { Form } from './words'

type Sends = Transport<Form>

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const stored = (version: number) => ({ version, saved_at: '2026-11-20T15:10:00Z' })
const keeps: Sends['save'] = ({ version }) => Promise.resolve(stored(version + 1))
const changed = (version: number, answers: Answers) => toApiError(409, { code: 'form_changed_elsewhere', detail: 'Changed.', data: { version, answers } })

function setUp(save: Sends['save'] = keeps, shown?: (answers: Answers) => string[]) {
  const spy = vi.fn(save)
  const submit = vi.fn<Sends['submit']>(() => Promise.resolve(sent))
  return { saver: new Saver({ answers: {}, version: 1, saved_at: null }, { save: spy, submit }, shown), save: spy, submit }
}

test('saves once one pauses, and then what came meanwhile', async () => {
  const { saver, save } = setUp()
  saver.answer('name', 'C')
  await vi.advanceTimersByTimeAsync(PAUSE - 1)
  saver.answer('name', 'Cleo')
  await vi.advanceTimersByTimeAsync(PAUSE)
  expect(save).toHaveBeenCalledTimes(1)
  expect(save.mock.calls[0]?.[0]).toEqual({ version: 1, answers: { name: 'Cleo' } })
  saver.answer('name', undefined)
  await saver.flush()
  expect(save.mock.calls[1]?.[0]).toEqual({ version: 2, answers: {} })
  expect(saver.snapshot().isDirty).toBe(false)
})

test('never two requests at once', async () => {
  const answers: (() => void)[] = []
  const { saver, save } = setUp((body) => new Promise((resolve) => answers.push(() => resolve(stored(body.version + 1)))))
  saver.answer('name', 'A')
  void saver.flush()
  void saver.flush()
  saver.answer('name', 'AB')
  void saver.flush()
  await vi.advanceTimersByTimeAsync(0)
  expect(save).toHaveBeenCalledTimes(1)
  answers[0]?.()
  await vi.advanceTimersByTimeAsync(0)
  expect(save).toHaveBeenCalledTimes(2)
})

test('without a connection it says so and tries again', async () => {
  let isOffline = true
  const { saver, save } = setUp((body) => (isOffline ? Promise.reject(toApiError(0, null)) : keeps(body, false)))
  saver.answer('name', 'Cleo')
  await saver.flush()
  expect(saver.snapshot()).toMatchObject({ problem: 'offline', isDirty: true, answers: { name: 'Cleo' } })
  isOffline = false
  await vi.advanceTimersByTimeAsync(AGAIN)
  expect(saver.snapshot()).toMatchObject({ problem: null, isDirty: false })
  expect(save).toHaveBeenCalledTimes(2)
})

test('what another tab answered is put together with what was answered here', async () => {
  let first = true
  const { saver, save } = setUp((body) => {
    if (!first) return keeps(body, false)
    first = false
    return Promise.reject(changed(4, { takes: true }))
  })
  saver.answer('name', 'Cleo')
  await saver.flush()
  await vi.advanceTimersByTimeAsync(1)
  expect(save.mock.calls[1]?.[0]).toEqual({ version: 4, answers: { takes: true, name: 'Cleo' } })
  expect(saver.snapshot()).toMatchObject({ isDirty: false, problem: null })
})

test.each(['Theirs', 'Mine'])('of two answers to one question somebody chooses: %s', async (choice) => {
  let first = true
  const { saver, save } = setUp((body) => {
    if (!first) return keeps(body, false)
    first = false
    return Promise.reject(changed(4, { name: 'Theirs' }))
  })
  saver.answer('name', 'Mine')
  await saver.flush()
  expect(saver.snapshot()).toMatchObject({ problem: 'conflict', conflicts: { name: 'Theirs' }, answers: { name: 'Mine' } })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(save).toHaveBeenCalledTimes(1)
  expect(await saver.submit()).toBeNull()
  saver.resolve('name', choice)
  await vi.advanceTimersByTimeAsync(PAUSE)
  expect(saver.snapshot()).toMatchObject({ isDirty: false, conflicts: {}, answers: { name: choice } })
})

test('a form that was sent or taken back meanwhile takes nothing more, and what was typed stays', async () => {
  const { saver, save } = setUp(() => Promise.reject(toApiError(409, { code: 'form_not_open', detail: 'Sent.' })))
  saver.answer('name', 'Cleo')
  await saver.flush()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(save).toHaveBeenCalledTimes(1)
  expect(saver.snapshot()).toMatchObject({ problem: 'closed', answers: { name: 'Cleo' } })
})

test('a proof that is over asks for another, and then goes on', async () => {
  let isOver = true
  const { saver } = setUp((body) => (isOver ? Promise.reject(toApiError(403, { code: 'proof_over', detail: 'Again.' })) : keeps(body, false)))
  saver.answer('name', 'Cleo')
  await saver.flush()
  expect(saver.snapshot()).toMatchObject({ problem: 'locked', answers: { name: 'Cleo' } })
  isOver = false
  saver.unlock()
  await vi.advanceTimersByTimeAsync(1)
  expect(saver.snapshot()).toMatchObject({ problem: null, isDirty: false })
})

test('what cannot be an answer is said beside it, until it is changed', async () => {
  const { saver } = setUp(() => Promise.reject(toApiError(422, { code: 'bad_input', detail: 'No.', fields: { name: ['At most 500 characters.'] } })))
  saver.answer('name', 'x')
  await saver.flush()
  expect(saver.snapshot()).toMatchObject({ problem: 'refused', fields: { name: ['At most 500 characters.'] } })
  saver.answer('name', 'y')
  expect(saver.snapshot()).toMatchObject({ problem: null, fields: {} })
})

test('what is missing when it is sent is named, and nothing is lost', async () => {
  const { saver, submit } = setUp()
  submit.mockRejectedValueOnce(toApiError(409, { code: 'form_not_ready', detail: 'Some questions still need an answer.', fields: { which: ['This needs an answer.'] } }))
  expect(await saver.submit()).toBeNull()
  expect(saver.snapshot()).toMatchObject({ problem: null, fields: { which: ['This needs an answer.'] } })
  expect((await saver.submit())?.status).toBe('submitted')
})

test('a save that arrived although its answer was lost is not somebody else', async () => {
  const found = [toApiError(0, null), toApiError(503, null), changed(2, { name: 'Cl' })]
  const { saver, save } = setUp((body) => {
    const error = found.shift()
    return error ? Promise.reject(error) : keeps(body, false)
  })
  saver.answer('name', 'Cl')
  await saver.flush()
  saver.answer('name', 'Cle')
  await saver.flush()
  saver.answer('name', 'Cleo')
  await saver.flush()
  expect(saver.snapshot()).toMatchObject({ problem: null, conflicts: {}, answers: { name: 'Cleo' } })
  await vi.advanceTimersByTimeAsync(1)
  expect(save.mock.calls[3]?.[0]).toEqual({ version: 2, answers: { name: 'Cleo' } })
  expect(saver.snapshot().isDirty).toBe(false)
})

const asks = (answers: Answers) => (answers.takes === true ? ['takes', 'which'] : ['takes'])

test('a conflict over a question that is not seen blocks nothing', async () => {
  const found = [changed(4, { takes: true, which: 'Theirs' })]
  const { saver, save } = setUp((body) => {
    const error = found.shift()
    return error ? Promise.reject(error) : keeps(body, false)
  }, asks)
  saver.answer('takes', false)
  saver.answer('which', 'Mine')
  await saver.flush()
  expect(saver.snapshot()).toMatchObject({ problem: 'conflict', conflicts: { takes: true } })
  expect(saver.snapshot().conflicts).not.toHaveProperty('which')
  saver.resolve('takes', false)
  await vi.advanceTimersByTimeAsync(PAUSE)
  expect(save.mock.calls[1]?.[0]).toEqual({ version: 4, answers: { takes: false, which: 'Mine' } })
})

test('a conflict is over once its question is hidden', async () => {
  const found = [changed(4, { takes: true, which: 'Theirs' })]
  const { saver } = setUp((body) => {
    const error = found.shift()
    return error ? Promise.reject(error) : keeps(body, false)
  }, asks)
  saver.answer('takes', true)
  saver.answer('which', 'Mine')
  await saver.flush()
  expect(saver.snapshot()).toMatchObject({ problem: 'conflict', conflicts: { which: 'Theirs' } })
  saver.answer('takes', false)
  await vi.advanceTimersByTimeAsync(PAUSE)
  expect(saver.snapshot()).toMatchObject({ problem: null, conflicts: {}, isDirty: false })
})

test('put together with what came meanwhile, the form is sent once more', async () => {
  const { saver, submit } = setUp()
  submit.mockRejectedValueOnce(changed(4, { takes: true }))
  saver.answer('name', 'Cleo')
  expect((await saver.submit())?.status).toBe('submitted')
  expect(submit.mock.calls[1]?.[0]).toEqual({ version: 4, answers: { takes: true, name: 'Cleo' } })
})

test('what could not be sent yet is saved', async () => {
  const { saver, submit, save } = setUp()
  submit.mockRejectedValueOnce(toApiError(409, { code: 'form_not_ready', detail: 'No.', fields: { which: ['This needs an answer.'] } }))
  saver.answer('name', 'Cleo')
  await saver.submit()
  await vi.advanceTimersByTimeAsync(PAUSE)
  expect(save).toHaveBeenCalledTimes(1)
})

test('a save outlives its page while a browser takes it along', async () => {
  const { saver, save } = setUp()
  saver.answer('name', 'Cleo')
  await saver.flush()
  saver.answer('name', 'é'.repeat(40_000))
  await saver.flush()
  expect(save.mock.calls.map(([, keepalive]) => keepalive)).toEqual([true, false])
})

test('a page whose token is out of date tries again', async () => {
  const found = [toApiError(403, { code: 'csrf_failed', detail: 'Out of date.' })]
  const { saver } = setUp((body) => {
    const error = found.shift()
    return error ? Promise.reject(error) : keeps(body, false)
  })
  saver.answer('name', 'Cleo')
  await saver.flush()
  expect(saver.snapshot().problem).toBe('refused')
  await vi.advanceTimersByTimeAsync(AGAIN)
  expect(saver.snapshot()).toMatchObject({ problem: null, isDirty: false })
})

test('of what was refused to a file, only what is over for the whole page changes anything', async () => {
  const { saver, save } = setUp()
  saver.answer('name', 'Cleo')
  saver.refused(toApiError(422, { code: 'file_refused', detail: 'This PDF holds a script.' }))
  expect(saver.snapshot()).toMatchObject({ problem: null, detail: '' })
  saver.refused(toApiError(403, { code: 'proof_over', detail: 'Again.' }))
  expect(saver.snapshot()).toMatchObject({ problem: 'locked', isDirty: true })
  await vi.advanceTimersByTimeAsync(PAUSE)
  expect(save).not.toHaveBeenCalled()
  saver.refused(toApiError(409, { code: 'form_not_open', detail: 'Closed.', data: { status: 'submitted' } }))
  expect(saver.snapshot()).toMatchObject({ problem: 'closed', stands: 'submitted' })
})

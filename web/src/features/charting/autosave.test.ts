import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { toApiError } from '@/api/errors'
import type { Schema } from '@/api/schema'
import { Autosave, IDLE_MS, LONGEST_MS } from './autosave'
import type { Note } from './content'
import { draft } from './test-data'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Put = (body: Schema<'DraftIn'>, options: { keepalive: boolean }) => Promise<Note>
const keeps: Put = (body) => Promise.resolve({ ...draft, ...body, started_at: draft.started_at, ended_at: draft.ended_at, version: body.version + 1 })
const changed = () => toApiError(409, { code: 'note_changed_elsewhere', detail: 'Changed.' })

function setUp(put: Put = keeps, get: () => Promise<Note> = () => Promise.resolve(draft)) {
  const spy = vi.fn(put)
  const autosave = new Autosave(draft, { put: spy, get })
  const type = (plan: string) => autosave.edit((now) => ({ ...now, sections: { ...now.sections, plan } }))
  return { autosave, put: spy, type }
}

test('saves two seconds after typing stops, once', async () => {
  const { put, type, autosave } = setUp()
  type('A')
  await vi.advanceTimersByTimeAsync(IDLE_MS - 100)
  type('AB')
  await vi.advanceTimersByTimeAsync(IDLE_MS - 1)
  expect(put).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(put).toHaveBeenCalledTimes(1)
  expect(put.mock.calls[0]?.[0]).toMatchObject({ version: 3, sections: { plan: 'AB' } })
  expect(autosave.snapshot().version).toBe(4)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(put).toHaveBeenCalledTimes(1)
})

test('saves every twenty seconds while typing goes on', async () => {
  const { put, type } = setUp()
  for (let second = 0; second < 41; second += 1) {
    type('x'.repeat(second + 1))
    await vi.advanceTimersByTimeAsync(1000)
  }
  expect(put).toHaveBeenCalledTimes(2)
  expect(LONGEST_MS).toBe(20_000)
})

test('never two requests at once; the latest text goes after the first', async () => {
  const answers: ((note: Note) => void)[] = []
  const { put, type, autosave } = setUp(() => new Promise((resolve) => answers.push(resolve)))
  type('A')
  void autosave.send()
  type('AB')
  await vi.advanceTimersByTimeAsync(IDLE_MS)
  expect(put).toHaveBeenCalledTimes(1)
  answers[0]?.({ ...draft, sections: { ...draft.sections, plan: 'A' }, version: 4 })
  await vi.advanceTimersByTimeAsync(0)
  expect(put).toHaveBeenCalledTimes(2)
  expect(put.mock.calls[1]?.[0]).toMatchObject({ version: 4, base: { plan: 'A' }, sections: { plan: 'AB' } })
})

test('offline: keeps the text, tries again with longer pauses, and says it is saved when it is', async () => {
  let down = true
  const { put, type, autosave } = setUp((body, options) => (down ? Promise.reject(toApiError(0, null)) : keeps(body, options)))
  type('A')
  await vi.advanceTimersByTimeAsync(IDLE_MS)
  expect(autosave.snapshot().problem?.kind).toBe('offline')
  await vi.advanceTimersByTimeAsync(2000 + 4000)
  expect(put).toHaveBeenCalledTimes(3)
  down = false
  await vi.advanceTimersByTimeAsync(8000)
  expect(autosave.snapshot()).toMatchObject({ problem: null, version: 4, current: { sections: { plan: 'A' } } })
})

test('a refusal is not repeated until something changes', async () => {
  const { put, type, autosave } = setUp(() => Promise.reject(toApiError(422, { code: 'bad_input', detail: 'Too long.' })))
  type('A')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(put).toHaveBeenCalledTimes(1)
  expect(autosave.snapshot().problem).toEqual({ kind: 'refused', detail: 'Too long.' })
  type('AB')
  await vi.advanceTimersByTimeAsync(IDLE_MS)
  expect(put).toHaveBeenCalledTimes(2)
})

test('refused over a newer version that does not clash: merged and saved without asking', async () => {
  const theirs = { ...draft, version: 7, sections: { ...draft.sections, objective: 'There' } }
  let first = true
  const put: Put = (body, options) => {
    const refuse = first
    first = false
    return refuse ? Promise.reject(changed()) : keeps(body, options)
  }
  const { type, autosave, put: spy } = setUp(put, () => Promise.resolve(theirs))
  type('Here')
  await vi.advanceTimersByTimeAsync(IDLE_MS)
  expect(spy.mock.calls[1]?.[0]).toMatchObject({ version: 7, sections: { plan: 'Here', objective: 'There' } })
  expect(autosave.snapshot()).toMatchObject({ theirs: null, version: 8, tookTheirs: true })
})

test('refused over a clash: stops and waits, and saves what the person decides', async () => {
  const theirs = { ...draft, version: 7, sections: { ...draft.sections, plan: 'There' } }
  const { type, autosave, put } = setUp((body, options) => (body.version < 7 ? Promise.reject(changed()) : keeps(body, options)), () => Promise.resolve(theirs))
  type('Here')
  await vi.advanceTimersByTimeAsync(IDLE_MS)
  expect(autosave.snapshot().theirs?.version).toBe(7)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(put).toHaveBeenCalledTimes(1)
  const { current } = autosave.snapshot()
  expect(await autosave.resolve(theirs, { ...current, sections: { ...current.sections, plan: 'Here and there' } })).toBe(true)
  expect(put.mock.calls[1]?.[0]).toMatchObject({ version: 7, sections: { plan: 'Here and there' } })
})

test('flush saves at once and says whether everything is safe', async () => {
  const good = setUp()
  good.type('A')
  expect(await good.autosave.flush()).toBe(true)
  const bad = setUp(() => Promise.reject(toApiError(0, null)))
  bad.type('A')
  expect(await bad.autosave.flush()).toBe(false)
})

test('a tab that is hidden saves in a request that outlives it; a large one goes without its base', async () => {
  const { put, type, autosave } = setUp()
  const stop = autosave.start()
  type('A')
  globalThis.dispatchEvent(new Event('pagehide'))
  expect(put).toHaveBeenCalledTimes(1)
  expect(put.mock.calls[0]?.[1]).toEqual({ keepalive: true })
  await vi.advanceTimersByTimeAsync(0)
  type('x'.repeat(40_000))
  void autosave.send()
  expect(put.mock.calls[1]?.[1]).toEqual({ keepalive: false })
  stop()
  await vi.advanceTimersByTimeAsync(0)
})

import { describe, expect, test } from 'vitest'
import { contentOf, merge, same, type Content, type Note, type Sections } from './content'
import { clashesOf, edited, failed, isDirty, maySend, metTheirs, opened, partingRequest, pauseAfter, requestOf, resolved, sent, stored, type SaveState } from './save-machine'
import { draft } from './test-data'

const base = contentOf(draft)
const withText = (content: Content, sections: Sections): Content => ({ ...content, sections: { ...content.sections, ...sections } })
const storedNote = (sections: Sections, version: number, others: Partial<Note> = {}): Note => ({ ...draft, version, updated_at: '2026-11-20T21:40:00Z', ...others, sections: { ...draft.sections, ...sections } })
const typed = (sections: Sections, state: SaveState = opened(draft)) => edited(state, withText(state.current, sections))
const offline = { kind: 'offline', detail: 'No connection' } as const

describe('merging', () => {
  test.each<[name: string, mine: Sections, theirs: Sections, result: Sections, clashes: string[]]>([
    ['nothing changed', {}, {}, {}, []],
    ['only mine', { plan: 'Biweekly.' }, {}, { plan: 'Biweekly.' }, []],
    ['only theirs', {}, { plan: 'Biweekly.' }, { plan: 'Biweekly.' }, []],
    ['different sections', { plan: 'A' }, { objective: 'B' }, { plan: 'A', objective: 'B' }, []],
    ['alike on both sides', { plan: 'A' }, { plan: 'A' }, { plan: 'A' }, []],
    ['differently on both sides', { plan: 'A' }, { plan: 'B' }, { plan: 'A' }, ['plan']],
    ['emptied here, rewritten there', { plan: '' }, { plan: 'B' }, { plan: '' }, ['plan']],
    ['emptied here only', { plan: '' }, {}, { plan: '' }, []],
    ['a section of another format there', {}, { data: 'D' }, { data: 'D' }, []],
  ])('%s', (_, mine, theirs, result, clashes) => {
    const merged = merge(base, withText(base, mine), withText(base, theirs))
    expect(same(merged.content, withText(base, result))).toBe(true)
    expect(merged.clashes.map(({ key }) => key)).toEqual(clashes)
  })

  test('fields beside the text follow the side that changed them, and clash when both did', () => {
    const mine: Content = { ...base, note_format: 'DAP', service_date: '2026-11-19' }
    const merged = merge(base, mine, { ...base, diagnoses: [], service_date: '2026-11-18' })
    expect(merged.content).toMatchObject({ note_format: 'DAP', diagnoses: [], service_date: '2026-11-19' })
    expect(merged.clashes).toEqual([{ kind: 'field', key: 'service_date' }])
  })

  test('one instant written in two ways is no change', () => {
    expect(same(base, { ...base, started_at: '2026-11-20T20:00:00.000Z' })).toBe(true)
  })
})

describe('saving', () => {
  test('an opened note is clean and sends nothing', () => {
    expect(isDirty(opened(draft))).toBe(false)
    expect(maySend(opened(draft))).toBe(false)
  })

  test('one request at a time', () => {
    const busy = sent(typed({ plan: 'A' }))
    expect(maySend(typed({ plan: 'AB' }, busy))).toBe(false)
  })

  test('the request carries version and base, and leaves out times that were not touched', () => {
    const request = requestOf(typed({ plan: 'A' }))
    expect(request).toMatchObject({ version: 3, base: draft.sections, base_diagnoses: draft.diagnoses, sections: { plan: 'A' } })
    expect(request).not.toHaveProperty('started_at')
    expect(requestOf(edited(opened(draft), { ...base, ended_at: '2026-11-20T21:00:00Z' }))).toHaveProperty('ended_at', '2026-11-20T21:00:00Z')
  })

  test('text typed while the request was under way stays, and is built on the new version', () => {
    const during = typed({ plan: 'AB' }, sent(typed({ plan: 'A' })))
    const after = stored(during, storedNote({ plan: 'A' }, 4))
    expect(after.current.sections.plan).toBe('AB')
    expect(after).toMatchObject({ version: 4, inFlight: null, theirs: null, tookTheirs: false })
    expect(requestOf(after).base?.plan).toBe('A')
    expect(maySend(after)).toBe(true)
  })

  test('an answer merged with edits made elsewhere comes in beside what was typed meanwhile', () => {
    const during = typed({ plan: 'AB' }, sent(typed({ plan: 'A' })))
    const after = stored(during, storedNote({ plan: 'A', objective: 'Theirs' }, 5))
    expect(after.current.sections).toMatchObject({ plan: 'AB', objective: 'Theirs' })
    expect(after.tookTheirs).toBe(true)
  })

  test('typing into the very section that came merged is a clash, never a silent overwrite', () => {
    const during = typed({ plan: 'A', objective: 'Mine' }, sent(typed({ plan: 'A' })))
    const after = stored(during, storedNote({ plan: 'A', objective: 'Theirs' }, 5))
    expect(clashesOf(after)).toEqual([{ kind: 'section', key: 'objective', mine: 'Mine', theirs: 'Theirs' }])
    expect(maySend(after)).toBe(false)
  })

  test('a failure keeps the text and counts up', () => {
    const after = failed(sent(typed({ plan: 'A' })), offline, false)
    expect(after).toMatchObject({ inFlight: null, failures: 1, problem: offline })
    expect(maySend(after)).toBe(true)
    expect([1, 2, 3, 10].map(pauseAfter)).toEqual([2000, 4000, 8000, 30_000])
  })

  test('a lost answer is not a collision with oneself', () => {
    const lost = failed(sent(typed({ plan: 'A' })), offline, false)
    const after = metTheirs(typed({ plan: 'AB' }, lost), storedNote({ plan: 'A' }, 4))
    expect(after).toMatchObject({ theirs: null, version: 4 })
    expect(after.current.sections.plan).toBe('AB')
  })
})

describe('two tabs', () => {
  const collided = metTheirs(sent(typed({ plan: 'Mine', subjective: 'Here' })), storedNote({ plan: 'Theirs', objective: 'There' }, 6))

  test('a clash waits for the person', () => {
    expect(clashesOf(collided)).toEqual([{ kind: 'section', key: 'plan', mine: 'Mine', theirs: 'Theirs' }])
    expect(maySend(collided)).toBe(false)
    expect(collided.current.sections.plan).toBe('Mine')
  })

  test('the decision is saved on top of the newer version', () => {
    const theirs = collided.theirs!
    const { content } = merge(collided.base, collided.current, contentOf(theirs))
    const after = resolved(collided, theirs, withText(content, { plan: 'Mine\n\nTheirs' }))
    expect(requestOf(after)).toMatchObject({ version: 6, sections: { plan: 'Mine\n\nTheirs', objective: 'There', subjective: 'Here' } })
    expect(maySend(after)).toBe(true)
  })

  test('what does not clash is merged without asking', () => {
    const after = metTheirs(typed({ plan: 'Mine' }), storedNote({ objective: 'There' }, 6))
    expect(after).toMatchObject({ theirs: null, version: 6, tookTheirs: true })
    expect(after.current.sections).toMatchObject({ plan: 'Mine', objective: 'There' })
  })
})

describe('the last word of a closing tab', () => {
  test('nothing unsaved, nothing said', () => expect(partingRequest(opened(draft))).toBeNull())
  test('already under way, nothing more to say', () => expect(partingRequest(sent(typed({ plan: 'A' })))).toBeNull())
  test('typed since: built on what is under way', () => {
    expect(partingRequest(typed({ plan: 'AB' }, sent(typed({ plan: 'A' }))))).toMatchObject({ version: 4, base: { plan: 'A' }, sections: { plan: 'AB' } })
  })
})

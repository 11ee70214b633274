/**
 * Saving a draft, as states and steps. Pure: no clock, no network. One request is under way at a time and carries the
 * latest content; `base` is the stored text that `current` was built on, so that edits made elsewhere can be merged.
 */
import type { Schema } from '@/api/schema'
import { contentOf, merge, same, type Clash, type Content, type Note } from './content'

export type Problem = { kind: 'offline' | 'refused' | 'signed'; detail: string }

export type SaveState = {
  /** What the server holds, as far as is known here, and its version. */
  base: Content
  version: number
  /** When that was written; an instant. */
  savedAt: string
  current: Content
  inFlight: Content | null
  /** Sent, and never answered: the server may hold one of these without our knowing its version. */
  inDoubt: readonly Content[]
  problem: Problem | null
  /** Failures in a row, for the pause before the next attempt. */
  failures: number
  /** The stored note that cannot be merged with `current` without the person. */
  theirs: Note | null
  /** Something written elsewhere came into this editor since the person last looked. */
  tookTheirs: boolean
}

export const opened = (note: Note): SaveState => ({
  base: contentOf(note),
  version: note.version,
  savedAt: note.updated_at,
  current: contentOf(note),
  inFlight: null,
  inDoubt: [],
  problem: null,
  failures: 0,
  theirs: null,
  tookTheirs: false,
})

export const isDirty = ({ base, current }: SaveState): boolean => !same(base, current)
export const edited = (state: SaveState, current: Content): SaveState => ({ ...state, current, tookTheirs: false })
export const seen = (state: SaveState): SaveState => ({ ...state, tookTheirs: false })

/** A request may start: there is something to save, none is under way, and no question is open. */
export const maySend = (state: SaveState): boolean => isDirty(state) && state.inFlight === null && state.theirs === null && state.problem?.kind !== 'signed'
export const sent = (state: SaveState): SaveState => ({ ...state, inFlight: state.current })

/** What goes to the server. A time that was not touched is left out, which means "as it is". */
export function requestOf({ base, version, current }: Pick<SaveState, 'base' | 'version' | 'current'>): Schema<'DraftIn'> {
  const { started_at, ended_at, diagnoses, sections, ...rest } = current
  return {
    ...rest,
    version,
    sections: { ...sections },
    base: { ...base.sections },
    diagnoses: [...diagnoses],
    base_diagnoses: [...base.diagnoses],
    ...(started_at !== base.started_at && { started_at }),
    ...(ended_at !== base.ended_at && { ended_at }),
  }
}

/**
 * The last word of a tab that is closing. With a request still under way it is built on what that one will have stored,
 * so that the two are one edit after the other and not a collision.
 */
export function partingRequest(state: SaveState): Schema<'DraftIn'> | null {
  const before = state.inFlight ?? state.base
  if (same(before, state.current)) return null
  return requestOf({ base: before, version: state.inFlight ? state.version + 1 : state.version, current: state.current })
}

/** The server stored what was sent, perhaps merged with edits made elsewhere; those come into the editor. */
export function stored(state: SaveState, answer: Note): SaveState {
  const ancestor = state.inFlight ?? state.base
  return { ...rebased({ ...state, inFlight: null }, ancestor, answer), inDoubt: [], problem: null, failures: 0 }
}

/** A newer stored note became known, by a refusal or because it was read again. */
export function metTheirs(state: SaveState, theirs: Note): SaveState {
  const ours = state.inDoubt.find((content) => same(content, contentOf(theirs)))
  return { ...rebased({ ...state, inFlight: null }, ours ?? state.base, theirs), inDoubt: [] }
}

function rebased(state: SaveState, ancestor: Content, note: Note): SaveState {
  const { content, clashes, tookTheirs } = merge(ancestor, state.current, contentOf(note))
  if (clashes.length > 0) return { ...state, base: ancestor, theirs: note, problem: null }
  return { ...state, base: contentOf(note), version: note.version, savedAt: note.updated_at, current: content, theirs: null, problem: null, tookTheirs: state.tookTheirs || tookTheirs }
}

/** The request failed. Without an answer nobody knows whether it was carried out. */
export function failed(state: SaveState, problem: Problem, answered: boolean): SaveState {
  const inDoubt = answered || state.inFlight === null ? state.inDoubt : [...state.inDoubt, state.inFlight]
  return { ...state, inFlight: null, inDoubt, problem, failures: state.failures + 1 }
}

/** What the person has to decide; the rest is merged already. */
export const clashesOf = ({ base, current, theirs }: SaveState): readonly Clash[] => (theirs === null ? [] : merge(base, current, contentOf(theirs)).clashes)

/** The person's decision, on top of the newer version. */
export function resolved(state: SaveState, theirs: Note, decided: Content): SaveState {
  return { ...state, base: contentOf(theirs), version: theirs.version, savedAt: theirs.updated_at, current: decided, theirs: null, problem: null, failures: 0 }
}

/** Milliseconds before the next attempt: 2 s, 4 s, 8 s … at most 30 s. */
export const pauseAfter = (failures: number): number => Math.min(30_000, 1000 * 2 ** failures)

/**
 * Runs the save machine against the clock and the network: 2 s after typing stops, every 20 s while it goes on, at once
 * when asked, when the tab is left, and again and again while the server cannot be reached. Unsaved text lives in this
 * tab's memory only, never in the browser's storage.
 */
import { asApiError } from '@/api/errors'
import type { Schema } from '@/api/schema'
import type { Content, Note } from './content'
import { edited, failed, isDirty, maySend, metTheirs, opened, partingRequest, pauseAfter, requestOf, resolved, seen, sent, stored, type SaveState } from './save-machine'

export type Transport = {
  put: (draft: Schema<'DraftIn'>, options: { keepalive: boolean }) => Promise<Note>
  get: () => Promise<Note>
}

export const IDLE_MS = 2_000
export const LONGEST_MS = 20_000
/** Browsers let 64 KiB outlive a page; half of it, as the last save may follow one that is still under way. */
const KEEPALIVE_BYTES = 30_000

const outlives = (draft: Schema<'DraftIn'>) => new TextEncoder().encode(JSON.stringify(draft)).length <= KEEPALIVE_BYTES

export class Autosave {
  private state: SaveState
  private readonly listeners = new Set<() => void>()
  private idle: ReturnType<typeof setTimeout> | undefined
  private longest: ReturnType<typeof setTimeout> | undefined
  private retry: ReturnType<typeof setTimeout> | undefined
  private sending: Promise<void> | null = null
  private again = false

  constructor(
    note: Note,
    private readonly transport: Transport,
    private readonly onStored: (note: Note) => void = () => undefined,
  ) {
    this.state = opened(note)
  }

  readonly snapshot = (): SaveState => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** What the person did. Whatever was refused before gets another chance. */
  edit(change: (content: Content) => Content): void {
    this.set(edited(this.state, change(this.state.current)))
    clearTimeout(this.idle)
    this.idle = setTimeout(() => void this.send(), IDLE_MS)
    this.longest ??= setTimeout(() => void this.send(), LONGEST_MS)
  }

  /** Saves now; true when the server holds everything. */
  async flush(): Promise<boolean> {
    if (this.sending) await this.sending
    if (maySend(this.state)) await this.send()
    if (maySend(this.state) && this.state.problem === null) await this.send()
    return !isDirty(this.state)
  }

  /** The tab is being hidden or closed: the last word, in a request that may outlive the page. */
  readonly part = (): void => {
    const draft = partingRequest(this.state)
    if (draft === null || this.state.problem?.kind === 'signed') return
    if (this.state.theirs === null && this.state.inFlight === null) return void this.send()
    const body = outlives(draft) ? draft : { ...draft, base: null }
    void this.transport.put(body, { keepalive: outlives(body) }).catch(() => undefined)
  }

  /** The note was read again: what is newer there comes in, as far as it does not clash. */
  meet(note: Note): void {
    if (note.version <= this.state.version || this.sending || (this.state.theirs && note.version <= this.state.theirs.version)) return
    if (note.signed_at !== null) return this.set(isDirty(this.state) ? failed(this.state, signedElsewhere, true) : this.state)
    this.set(metTheirs(this.state, note))
    if (maySend(this.state)) void this.send()
  }

  /** The person chose between the two texts. */
  async resolve(theirs: Note, decided: Content): Promise<boolean> {
    this.set(resolved(this.state, theirs, decided))
    return this.flush()
  }

  readonly dismiss = (): void => this.set(seen(this.state))

  /** While the editor is on screen. */
  start(): () => void {
    const hidden = () => document.visibilityState === 'hidden' && this.part()
    const online = () => void this.send()
    document.addEventListener('visibilitychange', hidden)
    globalThis.addEventListener('pagehide', this.part)
    globalThis.addEventListener('online', online)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      globalThis.removeEventListener('pagehide', this.part)
      globalThis.removeEventListener('online', online)
      void this.flush().finally(() => this.stopTimers())
    }
  }

  readonly send = (): Promise<void> => {
    this.stopTimers()
    if (this.sending) {
      this.again = true
      return this.sending
    }
    if (!maySend(this.state)) return Promise.resolve()
    const draft = requestOf(this.state)
    this.set(sent(this.state))
    this.sending = this.carry(draft).finally(() => {
      this.sending = null
      if (this.again && this.state.problem === null) void this.send()
      this.again = false
    })
    return this.sending
  }

  private async carry(draft: Schema<'DraftIn'>): Promise<void> {
    try {
      const answer = await this.transport.put(draft, { keepalive: outlives(draft) })
      this.set(stored(this.state, answer))
      this.onStored(answer)
    } catch (thrown) {
      await this.recover(thrown)
    }
  }

  private async recover(thrown: unknown): Promise<void> {
    const error = asApiError(thrown)
    if (error.code === 'note_changed_elsewhere') return this.compare()
    if (error.code === 'note_already_signed') return this.set(failed(this.state, signedElsewhere, true))
    const unreachable = error.isOffline || error.status >= 500 || error.status === 429
    this.set(failed(this.state, { kind: unreachable ? 'offline' : 'refused', detail: error.detail }, error.status !== 0 && error.status < 500))
    if (unreachable) this.retry = setTimeout(() => void this.send(), pauseAfter(this.state.failures))
  }

  /** Refused because of a newer version: read it and merge here, where the common ancestor is known. */
  private async compare(): Promise<void> {
    try {
      this.set(metTheirs(this.state, await this.transport.get()))
      this.again = maySend(this.state)
    } catch (thrown) {
      const { detail } = asApiError(thrown)
      this.set(failed(this.state, { kind: 'offline', detail }, true))
      this.retry = setTimeout(() => void this.send(), pauseAfter(this.state.failures))
    }
  }

  private stopTimers(): void {
    for (const timer of [this.idle, this.longest, this.retry]) clearTimeout(timer)
    this.idle = this.longest = this.retry = undefined
  }

  private set(state: SaveState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}

const signedElsewhere = { kind: 'signed', detail: 'This note was signed in another tab. What you wrote here since is not part of it.' } as const

/** Editors with unsaved text, by person and note: they outlast an interrupted sign-in, in this tab, for the same person. */
const kept = new Map<string, Autosave>()
const keyOf = (person: string, note: string) => `${person} ${note}`

export const hasUnsaved = (person: string, note: string): boolean => {
  const found = kept.get(keyOf(person, note))
  return found !== undefined && isDirty(found.snapshot())
}
export const keptAutosave = (person: string, note: string): Autosave | undefined => (hasUnsaved(person, note) ? kept.get(keyOf(person, note)) : undefined)
export const keepAutosave = (person: string, note: string, autosave: Autosave): void => void kept.set(keyOf(person, note), autosave)
export const forgetAutosave = (person: string, note: string): void => void kept.delete(keyOf(person, note))

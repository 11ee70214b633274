/** Keeps a form's answers safe while it is filled: saved when one pauses and when one leaves, tried again while there is no connection, and merged with what another tab saved. */
import type { ApiError } from '@/api/errors'
import { asApiError } from '@/api/errors'
import { merge, same, type Answers } from './answers'

/** `locked`: who one is has to be shown again; nothing is lost meanwhile. */
export type Problem = 'offline' | 'conflict' | 'closed' | 'locked' | 'refused'
export type Saving = {
  answers: Answers
  /** By question: what somebody else answered meanwhile. Nothing is saved until one of the two is chosen. */
  conflicts: Answers
  isDirty: boolean
  isSaving: boolean
  problem: Problem | null
  detail: string
  fields: Record<string, string[]>
  savedAt: string | null
  /** How the form stands that takes nothing more, where that was said. */
  stands: string | null
}

type Body = { version: number; answers: Answers }
/** How answers reach the server; `Sent` is what it answers once the form is sent in. */
export type Transport<Sent> = { save: (body: Body, keepalive: boolean) => Promise<{ version: number; saved_at: string | null }>; submit: (body: Body) => Promise<Sent> }

/** What only somebody can put right. */
const STUCK: readonly (Problem | null)[] = ['conflict', 'closed', 'locked']

/** What is over for the whole page, whatever was sent. */
const OVER: ReadonlySet<string> = new Set(['proof_over', 'link_over', 'form_not_open'])

export const PAUSE = 1500
export const AGAIN = 5000
/** A browser takes no more than 64 kB along when its page is left. */
const MOST_ALONG = 60_000

export class Saver<Sent> {
  private state: Saving
  private base: Answers
  private version: number
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | null = null
  /** What was sent without an answer, since the last that had one: it may have arrived all the same. */
  private unanswered: Answers[] = []
  private readonly listeners = new Set<() => void>()

  constructor(
    round: { answers: Answers; version: number; saved_at: string | null },
    private readonly transport: Transport<Sent>,
    /** The questions that these answers let be seen; of others nobody can choose. */
    private readonly shown: (answers: Answers) => readonly string[] = Object.keys,
  ) {
    this.base = round.answers
    this.version = round.version
    this.state = { answers: round.answers, conflicts: {}, isDirty: false, isSaving: false, problem: null, detail: '', fields: {}, savedAt: round.saved_at, stands: null }
  }

  readonly snapshot = (): Saving => this.state
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Answer a question; undefined takes the answer back. */
  readonly answer = (key: string, value: unknown): void => {
    const answers = Object.fromEntries(Object.entries({ ...this.state.answers, [key]: value }).filter(([, each]) => each !== undefined))
    const fields = Object.fromEntries(Object.entries(this.state.fields).filter(([name]) => name !== key))
    const conflicts = this.open(this.state.conflicts, answers)
    const isSettled = this.state.problem === 'refused' || (this.state.problem === 'conflict' && Object.keys(conflicts).length === 0)
    this.set({ answers, fields, conflicts, isDirty: !same(answers, this.base), problem: isSettled ? null : this.state.problem })
    this.plan(PAUSE)
  }

  /** Of two answers to one question, take this one. */
  readonly resolve = (key: string, value: unknown): void => {
    const conflicts = Object.fromEntries(Object.entries(this.state.conflicts).filter(([name]) => name !== key))
    this.set({ conflicts, problem: Object.keys(conflicts).length > 0 ? 'conflict' : null })
    this.answer(key, value)
  }

  /** Who one is has been shown again. */
  readonly unlock = (): void => {
    this.set({ problem: null })
    this.plan(0)
  }

  /** A file was refused: where that is about the form or the link, the page says so for all of it. */
  readonly refused = (error: ApiError): void => {
    if (!OVER.has(error.code)) return
    this.set({ detail: error.detail })
    this.judge(error)
  }

  /** Save now. Resolves when it is saved, or is known to be not. */
  readonly flush = async (): Promise<void> => {
    clearTimeout(this.timer)
    while (this.running) await this.running
    if (!this.state.isDirty || STUCK.includes(this.state.problem)) return
    this.running = this.send().finally(() => {
      this.running = null
    })
    await this.running
  }

  /** Send the form in; the form as it is then, or null with the problem in the state. */
  readonly submit = async (): Promise<Sent | null> => {
    const { version } = this
    const form = await this.sendIn()
    const isPutTogether = form === null && this.state.problem === null && this.version !== version && Object.keys(this.state.fields).length === 0
    return isPutTogether ? this.sendIn() : form
  }

  private async sendIn(): Promise<Sent | null> {
    clearTimeout(this.timer)
    while (this.running) await this.running
    if (this.state.problem === 'conflict') return null
    this.set({ isSaving: true, fields: {} })
    try {
      const form = await this.transport.submit({ version: this.version, answers: this.state.answers })
      this.base = this.state.answers
      this.set({ isSaving: false, isDirty: false, problem: null })
      return form
    } catch (thrown) {
      this.fail(asApiError(thrown))
      return null
    }
  }

  /** Listens to the page being left and the connection coming back; the answer ends that, with a last save. */
  readonly start = (): (() => void) => {
    const leave = () => document.visibilityState === 'hidden' && void this.flush()
    const back = () => void this.flush()
    document.addEventListener('visibilitychange', leave)
    globalThis.addEventListener('online', back)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      globalThis.removeEventListener('online', back)
      void this.flush()
    }
  }

  private async send(): Promise<void> {
    const { answers } = this.state
    const keepalive = new Blob([JSON.stringify(answers)]).size < MOST_ALONG
    this.set({ isSaving: true })
    try {
      const stored = await this.transport.save({ version: this.version, answers }, keepalive)
      this.base = answers
      this.version = stored.version
      this.unanswered = []
      this.set({ isSaving: false, problem: null, detail: '', savedAt: stored.saved_at, isDirty: !same(this.state.answers, answers) })
      if (this.state.isDirty) this.plan(PAUSE)
    } catch (thrown) {
      const error = asApiError(thrown)
      if (error.isOffline || error.status >= 500) this.unanswered = [...this.unanswered.filter((each) => !same(each, answers)), answers]
      this.fail(error)
    }
  }

  private fail(error: ApiError): void {
    this.set({ isSaving: false, detail: error.detail, fields: error.fields })
    this.judge(error)
  }

  private judge(error: ApiError): void {
    if (error.code === 'form_changed_elsewhere') return this.meet(error.data)
    if (error.code === 'proof_over') return this.set({ problem: 'locked' })
    if (error.code === 'csrf_failed') return this.later('refused')
    if (error.code === 'form_not_open' || error.code === 'link_over' || error.status === 404 || error.status === 403) return this.set({ problem: 'closed', stands: typeof error.data.status === 'string' ? error.data.status : null })
    if (error.code === 'form_not_ready') {
      this.set({ problem: null })
      return this.plan(PAUSE)
    }
    if (error.isOffline || error.status >= 500) return this.later('offline')
    this.set({ problem: 'refused' })
  }

  private later(problem: Problem): void {
    this.set({ problem })
    this.plan(AGAIN)
  }

  private meet({ version, answers: theirs }: Record<string, unknown>): void {
    if (typeof version !== 'number' || typeof theirs !== 'object' || theirs === null) return this.set({ problem: 'refused' })
    const isMine = this.unanswered.some((each) => same(each, theirs))
    const { answers, conflicts: found } = merge(isMine ? (theirs as Answers) : this.base, this.state.answers, theirs as Answers)
    const conflicts = this.open(found, answers)
    this.unanswered = []
    this.base = theirs as Answers
    this.version = version
    this.set({ answers, conflicts, isDirty: !same(answers, theirs), problem: Object.keys(conflicts).length > 0 ? 'conflict' : null })
    if (this.state.problem === null) this.plan(0)
  }

  /** Of these conflicts, those that somebody can see; elsewhere mine stays. */
  private open(conflicts: Answers, answers: Answers): Answers {
    const keys = this.shown({ ...conflicts, ...answers })
    return Object.fromEntries(Object.entries(conflicts).filter(([key]) => keys.includes(key)))
  }

  private plan(wait: number): void {
    clearTimeout(this.timer)
    if (this.state.isDirty && !STUCK.includes(this.state.problem)) this.timer = setTimeout(() => void this.flush(), wait)
  }

  private set(some: Partial<Saving>): void {
    this.state = { ...this.state, ...some }
    for (const listener of this.listeners) listener()
  }
}

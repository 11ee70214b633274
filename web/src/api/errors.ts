/** What the server says when it refuses: problem+json, `{code, detail, fields, data}`. */
export type Problem = {
  code: string
  status: number
  title: string
  detail: string
  /** Messages by field name, as the form calls the field. */
  fields: Record<string, string[]>
  /** What the message is about: ids, times, alternatives. Shape depends on `code`. */
  data: Record<string, unknown>
}

/** Every failure of a request arrives as this one type, also when the server was never reached. */
export class ApiError extends Error implements Problem {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly fields: Record<string, string[]>
  readonly data: Record<string, unknown>

  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.code = problem.code
    this.status = problem.status
    this.title = problem.title
    this.detail = problem.detail
    this.fields = problem.fields
    this.data = problem.data
  }

  get isNotFound(): boolean {
    return this.status === 404
  }

  get isForbidden(): boolean {
    return this.status === 403
  }

  /** The server was not reached: nothing is known about whether the request was carried out. */
  get isOffline(): boolean {
    return this.code === 'network'
  }
}

/** Words for a refusal that came without its own: a proxy's error page, a cut connection. */
const fallback: Record<number, [code: string, title: string, detail: string]> = {
  0: ['network', 'No connection', 'The server could not be reached. Check the connection and try again.'],
  401: ['signed_out', 'Signed out', 'Your sign-in has ended. Sign in to go on.'],
  403: ['forbidden', 'Not allowed', 'Your role does not include this.'],
  404: ['not_found', 'Not found', 'This page or entry does not exist, or it is not yours to see.'],
  409: ['conflict', 'Not saved', 'Someone else changed this in the meantime. Load it again to see what is there now.'],
  413: ['too_large', 'Too large', 'This is larger than the server accepts.'],
  429: ['too_many_requests', 'Too many attempts', 'That was tried too often. Wait a minute and try again.'],
  503: ['unavailable', 'Just a moment', 'The server is restarting. Try again in a few seconds.'],
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function fieldMessages(value: unknown): Record<string, string[]> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).map(([name, messages]) => [name, (Array.isArray(messages) ? messages : [messages]).filter((message): message is string => typeof message === 'string')]),
  )
}

/** Reads a refusal from whatever body came with it; a body that is not ours gives the general words for its status. */
export function toApiError(status: number, body: unknown): ApiError {
  const given = isRecord(body) ? body : {}
  const [code, title, detail] = fallback[status] ?? ['server_error', 'Something went wrong', 'The server could not do this. Nothing was changed. Try again.']
  return new ApiError({
    code: text(given.code) ?? code,
    status,
    title: text(given.title) ?? title,
    detail: text(given.detail) ?? detail,
    fields: fieldMessages(given.fields),
    data: isRecord(given.data) ? given.data : {},
  })
}

/** Anything thrown, as an ApiError: a fetch that failed is "no connection", a bug in the page keeps its message. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  if (thrown instanceof TypeError && /fetch|network|load failed/i.test(thrown.message)) return toApiError(0, null)
  const detail = thrown instanceof Error ? thrown.message : 'Something unexpected happened on this page.'
  return new ApiError({ code: 'page_error', status: 0, title: 'Something went wrong', detail, fields: {}, data: {} })
}

import createFetchClient, { type Middleware } from 'openapi-fetch'
import type { paths } from './__generated__/schema'
import { csrfToken } from './csrf'
import { toApiError } from './errors'
import { signedOut } from './session'

const csrf: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-CSRFToken', csrfToken())
    return request
  },
}

/** A refusal becomes a thrown ApiError, so queries and mutations have one kind of error. */
const refusals: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return
    const body: unknown = await response.json().catch(() => null)
    if (response.status === 401) signedOut('expired')
    throw toApiError(response.status, body)
  },
  onError: ({ error }) => (error instanceof Error && error.name === 'AbortError' ? error : toApiError(0, null)),
}

/** Typed requests over the generated paths. Pages use `@/api/queries`; this is for what is neither query nor mutation. */
export const http = createFetchClient<paths>({ baseUrl: globalThis.location.origin, credentials: 'same-origin', fetch: (request) => globalThis.fetch(request) })
http.use(csrf, refusals)

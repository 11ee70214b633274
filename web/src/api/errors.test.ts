import { describe, expect, test, vi } from 'vitest'
import { serve } from '@/test/page'
import { http } from './client'
import { asApiError, toApiError } from './errors'
import { onSignedOut } from './session'

describe('a refusal keeps what the server said', () => {
  test('code, fields and data', () => {
    const error = toApiError(409, { type: 'about:blank', title: 'Not saved', status: 409, code: 'note_changed', detail: 'Another tab changed this note at 14:20.', fields: { plan: ['Write a plan.'] }, data: { version: 4 } })
    expect(error).toMatchObject({ code: 'note_changed', status: 409, message: 'Another tab changed this note at 14:20.', fields: { plan: ['Write a plan.'] }, data: { version: 4 } })
  })
  test.each([null, '<html>Bad gateway</html>', [], { detail: 7, fields: 'x', data: [] }])('a body that is not ours gives general words: %j', (body) => {
    expect(toApiError(502, body)).toMatchObject({ code: 'server_error', status: 502, title: 'Something went wrong', fields: {}, data: {} })
  })
  test('a thrown fetch is "no connection", a bug keeps its words', () => {
    expect(asApiError(new TypeError('Failed to fetch'))).toMatchObject({ code: 'network', isOffline: true })
    expect(asApiError(new Error('x is undefined'))).toMatchObject({ code: 'page_error', detail: 'x is undefined' })
  })
})

describe('over the wire', () => {
  test('a refusal is thrown, typed', async () => {
    serve({ 'GET /api/me': { status: 403, body: { code: 'second_factor_missing', detail: 'Set up an authenticator.' } } })
    await expect(http.GET('/api/me')).rejects.toMatchObject({ name: 'ApiError', code: 'second_factor_missing', isForbidden: true })
  })
  test('an ended sign-in is said once to whoever listens', async () => {
    serve({ 'GET /api/me': { status: 401, body: {} } })
    const heard: string[] = []
    const stop = onSignedOut((reason) => heard.push(reason))
    await expect(http.GET('/api/me')).rejects.toMatchObject({ status: 401 })
    stop()
    expect(heard).toEqual(['expired'])
  })
  test('writes carry the CSRF token, reads do not', async () => {
    document.cookie = 'csrftoken=abc123'
    const calls: (string | null)[] = []
    serve({})
    vi.mocked(globalThis.fetch).mockImplementation((request) => {
      calls.push((request as Request).headers.get('X-CSRFToken'))
      return Promise.resolve(Response.json({}))
    })
    await http.POST('/api/session')
    await http.GET('/api/me')
    expect(calls).toEqual(['abc123', null])
  })
  test('a server that was not reached', async () => {
    serve({})
    vi.mocked(globalThis.fetch).mockRejectedValue(new TypeError('Failed to fetch'))
    await expect(http.GET('/api/me')).rejects.toMatchObject({ code: 'network', detail: 'The server could not be reached. Check the connection and try again.' })
  })
})

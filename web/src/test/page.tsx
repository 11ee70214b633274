/**
 * Renders one page as the app does (router, queries, react-aria's links), with the server answered from a table.
 * Only `fetch` is replaced: routes, queries, mutations and errors are the real ones.
 */
import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { createMemoryRouter, Outlet, RouterProvider, useHref, useNavigate, type RouteObject } from 'react-router'
import { I18nProvider, RouterProvider as AriaRouterProvider } from 'react-aria-components'
import { vi } from 'vitest'
import { queryClient } from '@/api/queries'
import { ToastRegion } from '@/ui/ToastRegion'

type Answer = { status: number; body?: unknown }
type Responder = (request: { url: URL; body: unknown }) => unknown

const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null && 'status' in value && typeof value.status === 'number' && Object.keys(value).every((key) => key === 'status' || key === 'body')

const isJson = (request: Request) => request.headers.get('content-type')?.includes('json') ?? false

/**
 * Answers `fetch` by method and path: `{ 'GET /api/me': {...}, 'POST /api/x': { status: 409, body: {...} } }`; a function
 * gets the request. Returns the calls made, as "POST /api/x". What is not in the table answers 404.
 */
export function serve(answers: Record<string, unknown>): string[] {
  const calls: string[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = input instanceof Request ? input : new Request(new URL(String(input), location.origin), init)
    const url = new URL(request.url)
    const call = `${request.method} ${url.pathname}`
    calls.push(call)
    const text = request.method === 'GET' ? '' : await request.text()
    const given = answers[call]
    const answer = typeof given === 'function' ? (given as Responder)({ url, body: text === '' ? null : isJson(request) ? (JSON.parse(text) as unknown) : text }) : given
    if (answer === undefined) return Response.json({ code: 'not_found' }, { status: 404 })
    return isAnswer(answer) ? Response.json(answer.body ?? null, { status: answer.status }) : Response.json(answer)
  })
  return calls
}

type Page = RouteObject & { Component?: (() => ReactNode) | undefined }

/** Shows a page's module at an address: `renderPage('/clients/c1', { path: '/clients/:clientId', ...ClientPage })`. */
export function renderPage(address: string | { pathname: string; state: unknown }, page: Page, ...others: RouteObject[]) {
  queryClient.clear()
  const router = createMemoryRouter([{ element: <Around />, children: [page, ...others] }], { initialEntries: [address] })
  const view = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { ...view, router }
}

function Around() {
  const navigate = useNavigate()
  return (
    <I18nProvider locale="en-US">
      <AriaRouterProvider navigate={(to, options) => void navigate(to, options)} useHref={useHref}>
        <Outlet />
        <ToastRegion />
      </AriaRouterProvider>
    </I18nProvider>
  )
}

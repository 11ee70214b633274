import {
  infiniteQueryOptions,
  MutationCache,
  QueryClient,
  queryOptions,
  useMutation,
  type InfiniteData,
  type QueryKey,
  type UseMutationOptions,
  type UseMutationResult,
} from '@tanstack/react-query'
import type { FetchResponse, MaybeOptionalInit } from 'openapi-fetch'
import type { HttpMethod, MediaType, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers'
import type { paths } from './__generated__/schema'
import { http } from './client'
import { ApiError } from './errors'
import { passiveHeaders } from './passive'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiError
  }
}

const worthAnotherTry = (failures: number, error: ApiError) => failures < 2 && (error.isOffline || error.status === 503)

/** Whoever is refused since the product is read-only sees at once why: the frame asks anew. */
const mutationCache = new MutationCache({
  onError: (error) => {
    if (error instanceof ApiError && error.code === 'read_only') void queryClient.invalidateQueries({ queryKey: ['get', '/api/downtime'] })
  },
})

export const queryClient = new QueryClient({
  mutationCache,
  defaultOptions: {
    queries: { staleTime: 15_000, gcTime: 5 * 60_000, retry: worthAnotherTry },
    mutations: { retry: false },
  },
})

export type GetPath = PathsWithMethod<paths, 'get'>
type WriteMethod = 'post' | 'put' | 'patch' | 'delete'
type Init<Method extends HttpMethod, Path extends keyof paths> = MaybeOptionalInit<paths[Path], Extract<Method, keyof paths[Path]>>
type Answer<Method extends HttpMethod, Path extends keyof paths> = Method extends keyof paths[Path]
  ? Required<FetchResponse<paths[Path][Method] & Record<string | number, unknown>, unknown, MediaType>>['data']
  : never
type InitArgument<I> = RequiredKeysOf<I> extends never ? [init?: I] : [init: I]

const read = async <Path extends GetPath>(path: Path, init: unknown): Promise<Answer<'get', Path>> => {
  const { data } = await http.GET(path, init as never)
  return data as Answer<'get', Path>
}

/**
 * A read, by path, typed by the generated schema: `query('/api/clients/{client_id}', { params: { path: { client_id } } })`.
 * Name each one in the feature's `queries.ts`, so that loader, page and test share it.
 */
export function query<Path extends GetPath>(path: Path, ...[init]: InitArgument<Init<'get', Path>>) {
  return queryOptions<Answer<'get', Path>>({
    queryKey: ['get', path, init ?? {}],
    queryFn: ({ signal, queryKey }) => read(path, { ...init, signal, headers: passiveHeaders(queryKey) }),
  })
}

type Page = { items: unknown[]; next?: string | null }
type Parameters = { params?: { query?: object } }

/** A list read page by page (`{items, next}`): hand it to react-query's `useSuspenseInfiniteQuery`. */
export function pagedQuery<Path extends GetPath>(path: Path, ...[init]: InitArgument<Init<'get', Path>>) {
  const { params, ...rest }: Parameters = init ?? {}
  return infiniteQueryOptions<Answer<'get', Path>, ApiError, InfiniteData<Answer<'get', Path>>, QueryKey, string | undefined>({
    queryKey: ['get', path, init ?? {}, 'pages'],
    queryFn: ({ pageParam, signal, queryKey }) => read(path, { ...rest, signal, headers: passiveHeaders(queryKey), params: { ...params, query: { ...params?.query, cursor: pageParam } } }),
    initialPageParam: undefined,
    getNextPageParam: (last) => (last as Page).next ?? undefined,
  })
}

/**
 * Starts queries in a route's `loader` and waits at most 200 ms: a quick answer shows the page at once, a slow one its
 * skeleton. A failure is thrown later, where the page reads the query, so that the page's own error boundary shows it.
 */
export async function prefetch(...queries: { queryKey: QueryKey; initialPageParam?: unknown }[]): Promise<null> {
  const start = (options: (typeof queries)[number]): Promise<unknown> =>
    'initialPageParam' in options ? queryClient.infiniteQuery(options as never) : queryClient.query(options as never)
  const patience = new Promise((resolve) => setTimeout(resolve, 200))
  await Promise.race([Promise.allSettled(queries.map(start)), patience])
  return null
}

/** Marks reads as out of date, whatever their parameters; those on screen are fetched again. */
export function invalidate(...stale: GetPath[]): Promise<unknown> {
  return Promise.all(stale.map((path) => queryClient.invalidateQueries({ queryKey: ['get', path] })))
}

type MutationOptions<Method extends WriteMethod, Path extends PathsWithMethod<paths, Method>> = Omit<
  UseMutationOptions<Answer<Method, Path>, ApiError, Init<Method, Path>>,
  'mutationFn' | 'mutationKey' | 'onSuccess'
> & {
  /** Reads that are out of date once this succeeded; the mutation stays busy until those on screen are fresh. */
  invalidates?: GetPath[]
  onSuccess?: (answer: Answer<Method, Path>, sent: Init<Method, Path>) => unknown
}

/** A write by method and path, typed like `query`: `useApiMutation('post', '/api/notes/{note_id}/signature', { invalidates: ['/api/today'] })`. */
export function useApiMutation<Method extends WriteMethod, Path extends PathsWithMethod<paths, Method>>(
  method: Method,
  path: Path,
  { invalidates = [], onSuccess, ...options }: MutationOptions<Method, Path> = {},
): UseMutationResult<Answer<Method, Path>, ApiError, Init<Method, Path>> {
  return useMutation({
    ...options,
    mutationFn: async (init) => {
      const { data } = await http.request(method, path as never, init as never)
      return data as Answer<Method, Path>
    },
    onSuccess: async (answer, sent) => {
      await onSuccess?.(answer, sent)
      await invalidate(...invalidates)
    },
  })
}

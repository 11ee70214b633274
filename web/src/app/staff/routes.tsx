import type { RouteObject } from 'react-router'
import { Root } from './Root'
import { NotFound, RouteError } from './RouteError'
import { FrameSkeleton } from './FrameSkeleton'
import { SignInPage } from './sign-in/SignInPage'

/** What a page says about itself to the frame (useMatches). */
export type PageHandle = {
  /** Document title and the phone's header. Never a client's name. */
  title: string
  /** Shown while the page's data takes longer than 200 ms; rows unless given. */
  skeleton?: React.ReactNode
  /** The page fills the window, without the column's margins: calendar, editor. */
  wide?: boolean
}

/** Pages inside the frame. Each is loaded when first opened: `{ path, lazy: () => import('@/features/…/pages/…'), handle: { title } }`. */
const pages: RouteObject[] = []

export const routes: RouteObject[] = [
  {
    element: <Root />,
    errorElement: <RouteError whole />,
    hydrateFallbackElement: <FrameSkeleton />,
    children: [
      { path: '/sign-in', element: <SignInPage /> },
      { path: '/sign-in/authenticator', lazy: () => import('./sign-in/EnrolPage') },
      {
        id: 'frame',
        lazy: () => import('./Frame'),
        children: [{ errorElement: <RouteError />, children: [...pages, { path: '*', element: <NotFound />, handle: { title: 'Not found' } satisfies PageHandle }] }],
      },
    ],
  },
]

import type { RouteObject } from 'react-router'
import { FrameSkeleton } from './FrameSkeleton'
import { Root } from './Root'
import { RouteError } from './RouteError'
import { SignInPage } from './sign-in/SignInPage'

/** Where the pages inside the frame belong. */
export const FRAME = 'frame-pages'

export const routes: RouteObject[] = [
  {
    element: <Root />,
    errorElement: <RouteError whole />,
    hydrateFallbackElement: <FrameSkeleton />,
    children: [
      { path: '/sign-in', element: <SignInPage /> },
      { path: '/setup/:token', lazy: () => import('@/features/setup/pages/SetUpPage') },
      { path: '/sign-in/authenticator', lazy: () => import('@/features/account/pages/EnrolPage') },
      { path: '/sign-in/new-password', lazy: () => import('@/features/account/pages/NewPasswordPage') },
      { path: '/invitation/:token', lazy: () => import('@/features/account/pages/InvitationPage') },
      { path: '/reset', lazy: () => import('@/features/account/pages/ForgotPage') },
      { path: '/reset/:key', lazy: () => import('@/features/account/pages/ResetPage') },
      { path: '/verify/:key', lazy: () => import('@/features/account/pages/VerifyPage') },
      {
        lazy: () => import('./Frame'),
        children: [{ id: FRAME, errorElement: <RouteError />, children: [] }],
      },
    ],
  },
]

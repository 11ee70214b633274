import { redirect, type RouteObject } from 'react-router'
import { ChartSkeleton } from '@/features/clients/parts/ChartSkeleton'
import { NoteSkeleton } from '@/features/charting/parts/NoteSkeleton'
import { CalendarSkeleton } from '@/features/scheduling/parts/CalendarSkeleton'
import { TodaySkeleton } from '@/features/today/parts/TodaySkeleton'
import { paths } from '@/lib/paths'
import { NotFound } from './RouteError'

/** What a page says about itself to the frame (useMatches). */
export type PageHandle = {
  /** Document title. Never a client's name. */
  title: string
  /** Shown while the page's data takes longer than 200 ms; rows unless given. */
  skeleton?: React.ReactNode
  /** The page fills the window, without the column's margins: calendar, editor. */
  wide?: boolean
}

/** Pages inside the frame, known once somebody goes there (`router`). Each is loaded when first opened: `{ path, lazy: () => import('@/features/…/pages/…'), handle: { title } }`. */
export const pages: RouteObject[] = [
  { path: '/', lazy: () => import('./TodayRoute'), handle: { title: 'Today', skeleton: <TodaySkeleton /> } satisfies PageHandle },
  { path: '/today', loader: ({ request }) => redirect(paths.today() + new URL(request.url).search) },
  { path: '/calendar', lazy: () => import('@/features/scheduling/pages/CalendarPage'), handle: { title: 'Calendar', wide: true, skeleton: <CalendarSkeleton /> } satisfies PageHandle },
  { path: '/clients', lazy: () => import('@/features/clients/pages/ClientsPage'), handle: { title: 'Clients' } satisfies PageHandle },
  { path: '/clients/:clientId', lazy: () => import('./ChartRoute'), handle: { title: 'Chart', skeleton: <ChartSkeleton /> } satisfies PageHandle },
  { path: '/reminders', lazy: () => import('@/features/reminders/pages/RemindersPage'), handle: { title: 'Reminders' } satisfies PageHandle },
  { path: '/library', lazy: () => import('@/features/documents/pages/LibraryPage'), handle: { title: 'Library' } satisfies PageHandle },
  { path: '/library/templates', lazy: () => import('@/features/documents/pages/TemplatesPage'), handle: { title: 'Document templates' } satisfies PageHandle },
  { path: '/library/templates/:templateId', lazy: () => import('@/features/documents/pages/TemplatePage'), handle: { title: 'Document template' } satisfies PageHandle },
  { path: '/forms', lazy: () => import('@/features/forms/pages/FormsPage'), handle: { title: 'Forms' } satisfies PageHandle },
  { path: '/forms/templates/:templateId', lazy: () => import('@/features/forms/pages/TemplatePage'), handle: { title: 'Form' } satisfies PageHandle },
  { path: '/forms/:formId', lazy: () => import('@/features/forms/pages/FormPage'), handle: { title: 'Form' } satisfies PageHandle },
  { path: '/storage', lazy: () => import('@/features/upkeep/pages/StoragePage'), handle: { title: 'Storage' } satisfies PageHandle },
  { path: '/operations', lazy: () => import('@/features/operations/pages/OperationsPage'), handle: { title: 'Operations' } satisfies PageHandle },
  { path: '/operations/alerts', lazy: () => import('@/features/operations/pages/AlertsPage'), handle: { title: 'Alerts' } satisfies PageHandle },
  { path: '/operations/repairs', lazy: () => import('@/features/operations/pages/RepairsPage'), handle: { title: 'Repairs' } satisfies PageHandle },
  { path: '/downtime', lazy: () => import('@/features/operations/pages/PaperPage'), handle: { title: 'The day on paper' } satisfies PageHandle },
  { path: '/operations/incidents', lazy: () => import('@/features/operations/pages/IncidentsPage'), handle: { title: 'Incidents' } satisfies PageHandle },
  { path: '/operations/incidents/:incidentId', lazy: () => import('@/features/operations/pages/IncidentPage'), handle: { title: 'Incident' } satisfies PageHandle },
  { path: '/people', lazy: () => import('@/features/people/pages/PeoplePage'), handle: { title: 'People' } satisfies PageHandle },
  { path: '/people/check', lazy: () => import('@/features/people/pages/PeopleReportPage'), handle: { title: 'Accounts' } satisfies PageHandle },
  { path: '/people/sign-in-rules', lazy: () => import('@/features/people/pages/SignInRulesPage'), handle: { title: 'Sign-in rules' } satisfies PageHandle },
  { path: '/people/:personId', lazy: () => import('@/features/people/pages/PersonPage'), handle: { title: 'Person' } satisfies PageHandle },
  { path: '/messages', lazy: () => import('@/features/correspondence/pages/OutboxPage'), handle: { title: 'Outbox' } satisfies PageHandle },
  { path: '/messages/rules', lazy: () => import('@/features/correspondence/pages/RulesPage'), handle: { title: 'Notification rules' } satisfies PageHandle },
  { path: '/messages/wordings', lazy: () => import('@/features/correspondence/pages/WordingsPage'), handle: { title: 'Wordings' } satisfies PageHandle },
  { path: '/messages/look', lazy: () => import('@/features/correspondence/pages/LookPage'), handle: { title: 'How e-mail looks' } satisfies PageHandle },
  { path: '/messages/carriers', lazy: () => import('@/features/correspondence/pages/CarriersPage'), handle: { title: 'Carriers' } satisfies PageHandle },
  { path: '/messages/stopped', lazy: () => import('@/features/correspondence/pages/StoppedPage'), handle: { title: 'Stopped addresses' } satisfies PageHandle },
  { path: '/emergency-access', lazy: () => import('@/features/emergency/pages/EmergencyPage'), handle: { title: 'Emergency access' } satisfies PageHandle },
  { path: '/emergency-access/:accessId', lazy: () => import('@/features/emergency/pages/AccessPage'), handle: { title: 'Emergency access' } satisfies PageHandle },
  { path: '/psychotherapy-notes/:psychotherapyId', lazy: () => import('@/features/charting/pages/PsychotherapyPage'), handle: { title: 'Psychotherapy note', wide: true, skeleton: <NoteSkeleton /> } satisfies PageHandle },
  { path: '/audit', lazy: () => import('@/features/audit/pages/AuditPage'), handle: { title: 'Audit trail' } satisfies PageHandle },
  { path: '/security', lazy: () => import('@/features/audit/pages/SecurityPage'), handle: { title: 'Security' } satisfies PageHandle },
  { path: '/security/concern', lazy: () => import('@/features/audit/pages/ConcernPage'), handle: { title: 'Report a concern' } satisfies PageHandle },
  { path: '/security/incidents/:incidentId', lazy: () => import('@/features/audit/pages/IncidentPage'), handle: { title: 'Incident' } satisfies PageHandle },
  { path: '/notes/:noteId', lazy: () => import('@/features/charting/pages/NotePage'), handle: { title: 'Note', wide: true, skeleton: <NoteSkeleton /> } satisfies PageHandle },
  { path: '/account', lazy: () => import('@/features/account/pages/AccountPage'), handle: { title: 'Your account' } satisfies PageHandle },
  { path: '*', element: <NotFound />, handle: { title: 'Not found' } satisfies PageHandle },
]

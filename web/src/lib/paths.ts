/** Every address of the staff pages, in one place; ids only, never a name. */
export const paths = {
  today: () => '/',
  calendar: () => '/calendar',
  calendarWeek: (date: string) => `/calendar?date=${date}`,
  /** The calendar on a session's day, the session chosen. */
  calendarSession: (date: string, appointmentId: string) => `/calendar?date=${date}&open=${appointmentId}`,
  /** The calendar, ready to book for this client. */
  calendarBooking: (clientId: string) => `/calendar?client=${clientId}`,
  clients: () => '/clients',
  client: (clientId: string) => `/clients/${clientId}`,
  clientTab: (clientId: string, tab: string) => `/clients/${clientId}?tab=${tab}`,
  /** The practice's own papers. */
  library: () => '/library',
  /** The texts that documents are made of. */
  documentTemplates: () => '/library/templates',
  documentTemplate: (templateId: string) => `/library/templates/${templateId}`,
  newDocumentTemplate: () => '/library/templates/new',
  /** What was filled and waits for a review, and the practice's own forms. */
  forms: () => '/forms',
  formsTab: (tab: string) => `/forms?tab=${tab}`,
  form: (formId: string) => `/forms/${formId}`,
  formTemplate: (templateId: string) => `/forms/templates/${templateId}`,
  /** Where files are kept: how much, whether all are there, what can be cleared up. */
  storage: () => '/storage',
  storageTab: (tab: string) => `/storage?tab=${tab}`,
  /** How the product is: checklists, performance, database. */
  operations: () => '/operations',
  operationsTab: (tab: string) => `/operations?tab=${tab}`,
  /** What is wrong with the product, who was told, and the rules of it. */
  alerts: () => '/operations/alerts',
  alertsTab: (tab: string) => `/operations/alerts?tab=${tab}`,
  /** What is put right by hand: jobs, statements, limits. */
  repairs: () => '/operations/repairs',
  /** The day on paper, to print before a downtime and to read during one. */
  paper: () => '/downtime',
  paperOf: (day: string) => `/downtime?day=${day}`,
  /** What people put right together; `incident` is a security incident. */
  operationsIncidents: () => '/operations/incidents',
  operationsIncidentsTab: (tab: string) => `/operations/incidents?tab=${tab}`,
  openIncidentAbout: (securityIncidentId: string) => `/operations/incidents?about=${securityIncidentId}`,
  operationsIncident: (incidentId: string) => `/operations/incidents/${incidentId}`,
  reminders: () => '/reminders',
  remindersTab: (tab: string) => `/reminders?tab=${tab}`,
  audit: () => '/audit',
  security: () => '/security',
  securityTab: (tab: string) => `/security?tab=${tab}`,
  incident: (incidentId: string) => `/security/incidents/${incidentId}`,
  /** Where everybody tells the administrators of what they noticed. */
  concern: () => '/security/concern',
  note: (noteId: string) => `/notes/${noteId}`,
  people: () => '/people',
  person: (personId: string) => `/people/${personId}`,
  peopleReport: () => '/people/check',
  signInRules: () => '/people/sign-in-rules',
  messages: () => '/messages',
  /** The outbox with one message open. */
  message: (messageId: string) => `/messages?message=${messageId}`,
  notificationRules: () => '/messages/rules',
  carriers: () => '/messages/carriers',
  /** In which words the practice writes. */
  wordings: () => '/messages/wordings',
  /** How the practice's mails look. */
  mailLook: () => '/messages/look',
  stoppedAddresses: () => '/messages/stopped',
  psychotherapyNote: (noteId: string) => `/psychotherapy-notes/${noteId}`,
  /** A psychotherapy note that is begun: its id is chosen here, so that a save that is sent twice makes one note. */
  newPsychotherapyNote: (noteId: string, clientId: string) => `/psychotherapy-notes/${noteId}?client=${clientId}`,
  emergency: () => '/emergency-access',
  emergencyReview: () => '/emergency-access?tab=review',
  emergencyAccess: (accessId: string) => `/emergency-access/${accessId}`,
  signIn: () => '/sign-in',
  setUp: (token: string) => `/setup/${token}`,
  enrol: () => '/sign-in/authenticator',
  newPassword: () => '/sign-in/new-password',
  forgot: () => '/reset',
  account: () => '/account',
}

/** A page to return to after sign-in: an address of ours, or the first page. `//host` and `https:` would lead away. */
export const ownPath = (from: unknown): string => (typeof from === 'string' && /^\/(?![/\\])/.test(from) && !from.startsWith('/sign-in') ? from : paths.today())

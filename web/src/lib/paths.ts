/** Every address of the staff pages, in one place; ids only, never a name. */
export const paths = {
  today: () => '/',
  calendar: () => '/calendar',
  calendarWeek: (date: string) => `/calendar?date=${date}`,
  clients: () => '/clients',
  client: (clientId: string) => `/clients/${clientId}`,
  note: (noteId: string) => `/notes/${noteId}`,
  signIn: () => '/sign-in',
  secondFactor: () => '/sign-in/second-factor',
  enrol: () => '/sign-in/authenticator',
}

/** A page to return to after sign-in: an address of ours, or the first page. `//host` and `https:` would lead away. */
export const ownPath = (from: unknown): string => (typeof from === 'string' && /^\/(?![/\\])/.test(from) && !from.startsWith('/sign-in') ? from : paths.today())

/** Passkeys belong to a name: at a bare address such as 127.0.0.1 browsers refuse them, at localhost they do not. */
const isBareAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.startsWith('[')

/** Whether this browser can use passkeys here; where it cannot, none is offered. */
export const canUsePasskeys = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function' && !isBareAddress(location.hostname)

/** The same page under a name passkeys know, where this computer itself is the server; null elsewhere. */
export const addressForPasskeys = ({ hostname, port, pathname }: Pick<Location, 'hostname' | 'port' | 'pathname'> = location): string | null =>
  /^127\.|^\[::1\]$/.test(hostname) ? `http://localhost${port === '' ? '' : `:${port}`}${pathname}` : null

/** Why not, for the page where one would add one; null when one can. */
export function whyNoPasskeys(): string | null {
  if (canUsePasskeys()) return null
  if (isBareAddress(location.hostname)) return 'Passkeys need a name in the address bar, and this is a number. Open MentalSpace by its name to add one.'
  return 'This browser is too old for passkeys, or the page is not opened over a secure connection.'
}

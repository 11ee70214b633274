/** The time zones there are, this device's own first. */
export function timeZones(own: string = Intl.DateTimeFormat().resolvedOptions().timeZone): { id: string; label: string; detail?: string }[] {
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== own)
  const words = (zone: string) => zone.replaceAll('_', ' ')
  return [{ id: own, label: words(own), detail: 'This device' }, ...others.map((zone) => ({ id: zone, label: words(zone) }))]
}

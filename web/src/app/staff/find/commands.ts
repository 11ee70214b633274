import { Keyboard, Monitor, Moon, Siren, Sun, type LucideIcon } from 'lucide-react'
import type { Schema } from '@/api/schema'
import { setPreference } from '@/lib/preferences'
import { paths } from '@/lib/paths'
import { areasFor, hasEmergencyPage } from '@/app/staff/areas'

export type Command = { id: string; label: string; icon: LucideIcon; keys?: string; run: () => void }

type Does = { navigate: (to: string) => void; onKeys: () => void }

/** What the palette can do besides finding clients; only what this person may. */
export function commandsFor(me: Pick<Schema<'MeOut'>, 'can'>, { navigate, onKeys }: Does): Command[] {
  return [
    ...areasFor(me).map(({ id, label, icon, keys, href }) => ({ id: `go-${id}`, label: `Go to ${label.toLowerCase()}`, icon, keys, run: () => navigate(href) })),
    ...(hasEmergencyPage(me) ? [{ id: 'go-emergency', label: 'Go to emergency access', icon: Siren, run: () => navigate(paths.emergency()) }] : []),
    { id: 'look-light', label: 'Use the light look', icon: Sun, run: () => setPreference('theme', 'light') },
    { id: 'look-dark', label: 'Use the dark look', icon: Moon, run: () => setPreference('theme', 'dark') },
    { id: 'look-system', label: 'Use the look of this device', icon: Monitor, run: () => setPreference('theme', 'system') },
    { id: 'keys', label: 'Show the keyboard map', icon: Keyboard, keys: '?', run: onKeys },
  ]
}

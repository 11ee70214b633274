/** What a client's alerts look like above a note: hue, icon and word together, as in the chart. */
import { Accessibility, Pill, Scale, ShieldAlert, StickyNote, type LucideIcon } from 'lucide-react'
import type { Tone } from '@/ui/tones'

type Look = { tone: Tone; icon: LucideIcon; label: string }

const looks: Record<string, Look> = {
  risk: { tone: 'red', icon: ShieldAlert, label: 'Risk' },
  allergy: { tone: 'amber', icon: Pill, label: 'Allergy' },
  legal: { tone: 'violet', icon: Scale, label: 'Legal' },
  access: { tone: 'blue', icon: Accessibility, label: 'Access' },
}
export const alertLooks = (kind: string): Look => looks[kind] ?? { tone: 'grey', icon: StickyNote, label: 'To know' }

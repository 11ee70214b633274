import { CircleCheck, Eye, Hourglass, ShieldAlert } from 'lucide-react'
import type { EmergencyAccess } from '@/api/emergency'
import type { Look } from '@/lib/looks'

/** Where an emergency access stands, as hue, icon and word. */
export function accessLook({ is_running, review_outcome }: Pick<EmergencyAccess, 'is_running' | 'review_outcome'>): Look {
  if (is_running) return { tone: 'amber', icon: Hourglass, label: 'Running' }
  if (review_outcome === 'appropriate') return { tone: 'green', icon: CircleCheck, label: 'Appropriate' }
  if (review_outcome === 'concern') return { tone: 'red', icon: ShieldAlert, label: 'Concern' }
  return { tone: 'blue', icon: Eye, label: 'To review' }
}

/** The kinds of alert one may raise, and what each is for. How they look: @/lib/looks. */
import type { alertLooks } from '@/lib/looks'

export type AlertKind = keyof typeof alertLooks

export const alertKinds: readonly AlertKind[] = ['risk', 'allergy', 'legal', 'access', 'note']
export const alertPurposes: Record<AlertKind, string> = {
  risk: 'Danger to the client or to others',
  allergy: 'What must not be given or used',
  legal: 'Court orders, custody, who may be told',
  access: 'What makes coming and talking possible',
  note: 'Anything else everybody must see',
}

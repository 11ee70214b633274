import { useState } from 'react'
import type { TemplateRow } from '../templates'
import { ChooseTemplate } from './ChooseTemplate'
import { FillTemplate } from './FillTemplate'

/** A document made of a template: chosen, filled, looked at, kept in the chart. */
export function FromTemplate({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const [template, choose] = useState<TemplateRow | null>(null)
  return template ? <FillTemplate clientId={clientId} template={template} onBack={() => choose(null)} onClose={onClose} /> : <ChooseTemplate onChoose={choose} onClose={onClose} />
}

import { useState } from 'react'
import { useMe } from '@/api/me'
import { keepsTemplates } from '../can'
import type { TemplateRow } from '../templates'
import { ChooseTemplate } from './ChooseTemplate'
import { FillTemplate } from './FillTemplate'

/** A document made of a template: chosen, filled, looked at, kept in the chart. */
export function FromTemplate({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const writes = keepsTemplates(useMe())
  const [template, choose] = useState<TemplateRow | null>(null)
  return template ? <FillTemplate clientId={clientId} template={template} onBack={() => choose(null)} onClose={onClose} /> : <ChooseTemplate writes={writes} onChoose={choose} onClose={onClose} />
}

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from '@/lib/classes'

const looks = {
  info: { icon: Info, look: 'border-line bg-sunken text-text' },
  warning: { icon: TriangleAlert, look: 'border-warning-line bg-warning-soft text-warning-text' },
  danger: { icon: CircleAlert, look: 'border-danger/40 bg-danger-soft text-danger-text' },
  success: { icon: CircleCheck, look: 'border-success-text/30 bg-success-soft text-success-text' },
}

export type AlertProps = { tone?: keyof typeof looks; title?: string; children?: ReactNode; /** What to do about it, as a Button or Link. */ action?: ReactNode; className?: string }

/** A message where the matter is. Danger and warning are read out when they appear. */
export function Alert({ tone = 'info', title, children, action, className }: AlertProps) {
  const { icon: Icon, look } = looks[tone]
  return (
    <div role={tone === 'danger' || tone === 'warning' ? 'alert' : 'status'} className={classes('flex items-start gap-2.5 rounded-control border px-3 py-2.5 text-14', look, className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
      {action !== undefined && <div className="shrink-0">{action}</div>}
    </div>
  )
}

import { CloudAlert, RotateCw, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './Button'

export type ErrorStateProps = { title: string; /** What happened, what was kept, what to do. */ children: ReactNode; onRetry?: () => void; icon?: LucideIcon; busy?: boolean; level?: 1 | 2 }

export function ErrorState({ title, children, onRetry, icon: Icon = CloudAlert, busy = false, level = 2 }: ErrorStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div role="alert" className="mx-auto flex max-w-sm flex-col items-center gap-3 px-6 py-12 text-center">
      <span className="flex size-11 items-center justify-center rounded-full bg-danger-soft text-danger-text">
        <Icon aria-hidden className="size-5" />
      </span>
      <div className="flex flex-col gap-1">
        <Heading className="text-16 font-semibold">{title}</Heading>
        <div className="text-14 text-muted">{children}</div>
      </div>
      {onRetry && (
        <Button icon={RotateCw} busy={busy} onPress={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}

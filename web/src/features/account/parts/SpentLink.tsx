import { Unlink } from 'lucide-react'
import type { ReactNode } from 'react'
import { paths } from '@/lib/paths'
import { EntryFrame } from '@/ui/EntryFrame'
import { LinkButton } from '@/ui/LinkButton'
import { useTitle } from '../use-title'

type SpentLinkProps = { /** Why, and what to do. */ children: ReactNode; /** The way to another link. */ action?: ReactNode }

/** A link that has been used, replaced, or is too old. Which of these is not told: it would say something about an account. */
export function SpentLink({ children, action }: SpentLinkProps) {
  useTitle('Link no longer good')
  return (
    <EntryFrame title="This link is no longer good">
      <div className="flex flex-col items-start gap-4">
        <Unlink aria-hidden className="size-8 text-muted" strokeWidth={1.5} />
        <div className="text-14 text-muted">{children}</div>
        <div className="flex flex-wrap gap-2">
          {action}
          <LinkButton href={paths.signIn()} variant={action ? 'secondary' : 'primary'}>
            Go to sign-in
          </LinkButton>
        </div>
      </div>
    </EntryFrame>
  )
}

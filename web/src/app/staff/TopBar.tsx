import { Keyboard, Search } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { useMe } from '@/api/me'
import { IconButton } from '@/ui/IconButton'
import { Kbd } from '@/ui/Kbd'
import { Wordmark } from '@/ui/Wordmark'
import { Bell } from './Bell'
import { PersonMenu } from './PersonMenu'

export function TopBar({ onFind, onKeys }: { onFind: () => void; onKeys: () => void }) {
  const { practice } = useMe()
  return (
    <header className="sticky top-0 z-20 flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface px-6 phone:px-4 short:static print:hidden">
      <span className="hidden phone:flex">
        <Wordmark compact />
      </span>
      <AriaButton
        onPress={onFind}
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-9 w-full max-w-md min-w-0 items-center gap-2.5 rounded-control border border-line-strong/60 bg-raised pr-2 pl-3 text-left text-14 text-muted data-hovered:border-line-strong data-hovered:text-text coarse:h-10"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="flex-1 truncate">Find a client or a command</span>
        <span className="phone:hidden">
          <Kbd keys="mod+k" />
        </span>
      </AriaButton>
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <span className="mr-2 max-w-56 truncate text-13 text-muted max-lg:hidden" title={practice.name}>
          {practice.name}
        </span>
        <IconButton icon={Keyboard} label="Keyboard map" keys="?" onPress={onKeys} className="phone:hidden" placement="bottom" />
        <Bell />
        <PersonMenu />
      </div>
    </header>
  )
}

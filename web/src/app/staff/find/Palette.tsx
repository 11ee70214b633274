import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Search, X } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { Autocomplete, Dialog, Header, Input, Menu, MenuSection, TextField } from 'react-aria-components'
import { useNavigate } from 'react-router'
import { useMe } from '@/api/me'
import { query } from '@/api/queries'
import { useDebounced } from '@/lib/debounce'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { IconButton } from '@/ui/IconButton'
import { Spinner } from '@/ui/Spinner'
import { commandsFor } from './commands'
import { ClientRow, CommandRow } from './rows'

type PaletteProps = { onClose: () => void; onKeys: () => void }

/** Finds clients first, then commands. Everything by keyboard: type, arrows, Enter, Esc. */
export default function Palette({ onClose, onKeys }: PaletteProps) {
  const navigate = useNavigate()
  const me = useMe()
  const [text, setText] = useState('')
  const asked = useDebounced(text.trim(), 80)
  const recent = useQuery({ ...query('/api/clients/recent'), enabled: asked === '', staleTime: 0 })
  const found = useQuery({ ...query('/api/clients/search', { params: { query: { q: asked } } }), enabled: asked !== '', placeholderData: keepPreviousData, staleTime: 5_000 })
  const { data, error, isFetching } = asked === '' ? recent : found
  const clients = error ? [] : (data?.items ?? [])
  const commands = commandsFor(me, { navigate: (to) => void navigate(to), onKeys }).filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()))
  const open = (id: string) => {
    onClose()
    const command = commands.find((one) => one.id === id)
    if (command) command.run()
    else void navigate(paths.client(id))
  }
  /** react-aria marks the first row while one types, but not when the server's answer has since replaced it: Enter means the first then, too. */
  const openFirst = (event: KeyboardEvent<HTMLElement>) => {
    const marked = event.target instanceof Element && document.getElementById(event.target.getAttribute('aria-activedescendant') ?? '')
    const first = clients[0]?.id ?? commands[0]?.id
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || marked || first === undefined || text.trim() === '') return
    event.preventDefault()
    event.stopPropagation()
    open(first)
  }
  const nothing = clients.length === 0 && commands.length === 0
  return (
    <Dialog aria-label="Find" className="flex max-h-[70vh] flex-col outline-none phone:max-h-dvh">
      <Autocomplete inputValue={text} onInputChange={setText}>
        <div role="presentation" onKeyDownCapture={openFirst}>
          <TextField aria-label="Find a client or a command" autoFocus className="flex items-center gap-3 border-b border-line px-4">
            <Search aria-hidden className="size-[1.125rem] shrink-0 text-muted" />
            <Input placeholder="Name, record number or date of birth; or a command" className="h-13 min-w-0 flex-1 bg-transparent text-16 outline-none placeholder:text-muted data-focus-visible:outline-none" />
            {isFetching && <Spinner className="text-muted" />}
            <IconButton icon={X} label="Close" size="sm" onPress={onClose} className="-mr-2" placement="bottom" />
          </TextField>
        </div>
        {error && (
          <Alert tone="danger" className="m-3">
            {error.detail}
          </Alert>
        )}
        <Menu aria-label="Found" className="min-h-0 flex-1 overflow-y-auto p-1.5 outline-none" onAction={(key) => open(String(key))} renderEmptyState={() => (nothing && !isFetching ? <Nothing text={text} /> : null)}>
          {clients.length > 0 && (
            <MenuSection aria-label={asked === '' ? 'Recent clients' : 'Clients'}>
              <Header className="px-2.5 pt-1.5 pb-1 text-12 font-medium text-muted">{asked === '' ? 'Recent clients' : 'Clients'}</Header>
              {clients.map((client) => (
                <ClientRow key={client.id} client={client} alike={clients.some((other) => other.id !== client.id && other.name.toLowerCase() === client.name.toLowerCase())} />
              ))}
            </MenuSection>
          )}
          {commands.length > 0 && (
            <MenuSection aria-label="Commands">
              <Header className="px-2.5 pt-2 pb-1 text-12 font-medium text-muted">Commands</Header>
              {commands.map((command) => (
                <CommandRow key={command.id} command={command} />
              ))}
            </MenuSection>
          )}
        </Menu>
      </Autocomplete>
    </Dialog>
  )
}

function Nothing({ text }: { text: string }) {
  return (
    <p className="px-3 py-6 text-center text-14 text-muted">
      No client or command matches “{text.trim()}”. Try part of the name, the record number or the date of birth.
    </p>
  )
}

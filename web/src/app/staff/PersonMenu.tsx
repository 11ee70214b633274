import { useMutation } from '@tanstack/react-query'
import { Flag, KeyRound, LogOut, Monitor, Moon, Siren, Sun, UserRound, Users } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { useNavigate } from 'react-router'
import { signOut } from '@/api/auth'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { signedOut } from '@/api/session'
import { paths } from '@/lib/paths'
import { usePreference } from '@/lib/preferences'
import { Avatar } from '@/ui/Avatar'
import { Menu, type MenuEntry } from '@/ui/Menu'
import { toast } from '@/ui/toast-queue'
import { roleName } from '@/lib/roles'
import { hasEmergencyPage } from './areas'

type Role = Schema<'HatIn'>['hats'][number]

const themes = [
  { id: 'system', label: 'As the device', icon: Monitor },
  { id: 'light', label: 'Light', icon: Sun },
  { id: 'dark', label: 'Dark', icon: Moon },
] as const

export function PersonMenu() {
  const me = useMe()
  const navigate = useNavigate()
  const [theme, setTheme] = usePreference('theme')
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => signedOut('asked'),
    onError: (error) => toast({ message: `Not signed out: ${error.detail}`, tone: 'danger' }),
  })
  const wear = useApiMutation('put', '/api/session/hat', {
    onSuccess: () => window.location.assign('/'), // what one may see has changed: nothing of before is kept
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  const isAll = me.acting_in.length === me.roles.length
  const hats: MenuEntry[] = [
    { id: 'all', label: 'All of them', icon: Users, current: isAll, onAction: () => wear.mutate({ body: { hats: [] } }) },
    ...me.roles.map((role): MenuEntry => ({ id: role, label: roleName(role), icon: UserRound, current: !isAll && me.acting_in.includes(role), onAction: () => wear.mutate({ body: { hats: [role as Role] } }) })),
  ]
  const looks: MenuEntry[] = themes.map((choice) => ({ ...choice, current: choice.id === theme, onAction: () => setTheme(choice.id) }))
  return (
    <Menu
      label={`${me.name}, account`}
      trigger={
        <AriaButton aria-label={`${me.name}, account`} className="flex size-9 items-center justify-center rounded-full data-hovered:bg-hover coarse:size-11">
          <Avatar name={me.name} initials={me.initials} />
        </AriaButton>
      }
      header={
        <>
          <p className="font-medium">{me.name}</p>
          <p className="text-13 text-muted">{me.acting_in.map(roleName).join(', ')}</p>
          <p className="text-12 text-muted">{me.practice.name}</p>
        </>
      }
      groups={[
        ...(me.roles.length > 1 ? [{ id: 'roles', title: 'Act as', items: hats }] : []),
        { id: 'look', title: 'Look', items: looks },
        ...(hasEmergencyPage(me) ? [{ id: 'doors', items: [{ id: 'emergency', label: 'Emergency access', icon: Siren, onAction: () => void navigate(paths.emergency()) }] }] : []),
        { id: 'account', items: [{ id: 'own-account', label: 'Your account', icon: KeyRound, href: paths.account() }, { id: 'concern', label: 'Report a concern', icon: Flag, href: paths.concern() }, { id: 'sign-out', label: 'Sign out', icon: LogOut, onAction: () => leave.mutate() }] },
      ]}
    />
  )
}

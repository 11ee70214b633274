import { useMutation } from '@tanstack/react-query'
import { LogOut, Monitor, Moon, Siren, Sun } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { useNavigate } from 'react-router'
import { signOut } from '@/api/auth'
import { useMe } from '@/api/me'
import { signedOut } from '@/api/session'
import { paths } from '@/lib/paths'
import { usePreference } from '@/lib/preferences'
import { Avatar } from '@/ui/Avatar'
import { Menu, type MenuEntry } from '@/ui/Menu'
import { toast } from '@/ui/toast-queue'
import { roleName } from '@/lib/roles'
import { hasEmergencyPage } from './areas'

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
          <p className="text-13 text-muted">{me.roles.map(roleName).join(', ')}</p>
          <p className="text-12 text-muted">{me.practice.name}</p>
        </>
      }
      groups={[
        { id: 'look', title: 'Look', items: looks },
        ...(hasEmergencyPage(me) ? [{ id: 'doors', items: [{ id: 'emergency', label: 'Emergency access', icon: Siren, onAction: () => void navigate(paths.emergency()) }] }] : []),
        { id: 'account', items: [{ id: 'sign-out', label: 'Sign out', icon: LogOut, onAction: () => leave.mutate() }] },
      ]}
    />
  )
}

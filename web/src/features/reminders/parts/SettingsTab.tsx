import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonRows } from '@/ui/Skeleton'
import { SettingsForm } from '../forms/SettingsForm'
import { settingsQuery } from '../queries'

export function SettingsTab() {
  const { data, error, refetch } = useQuery({ ...settingsQuery(), refetchOnWindowFocus: false })
  const [reloads, setReloads] = useState(0)
  if (error && !data) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!data) return <SkeletonRows rows={8} label="Loading the settings" />
  const reload = async () => {
    const { isSuccess } = await refetch()
    if (isSuccess) setReloads(reloads + 1)
  }
  return <SettingsForm key={reloads} settings={data} onReload={() => void reload()} />
}

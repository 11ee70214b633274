import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonRows } from '@/ui/Skeleton'
import { SettingsForm } from '../forms/SettingsForm'
import { settingsQuery } from '../queries'

export function SettingsTab() {
  const { data, error, refetch } = useQuery(settingsQuery())
  if (error) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!data) return <SkeletonRows rows={8} label="Loading the settings" />
  return <SettingsForm key={data.version} settings={data} />
}

import { Star } from 'lucide-react'
import { invalidate, useApiMutation } from '@/api/queries'
import { classes } from '@/lib/classes'
import { IconButton } from '@/ui/IconButton'
import { toast } from '@/ui/toast-queue'

type FavouriteStarProps = { client: { id: string; name: string; is_favorite: boolean }; size?: 'sm' | 'md'; className?: string }

/** Keeps a client at hand. The star answers at once and goes back if the server did not take it. */
export function FavouriteStar({ client: { id, name, is_favorite }, size = 'md', className }: FavouriteStarProps) {
  const options = {
    onSuccess: () => invalidate('/api/clients', '/api/clients/{client_id}'),
    onError: ({ detail }: { detail: string }) => toast({ message: detail, tone: 'danger' as const }),
  }
  const set = useApiMutation('put', '/api/clients/{client_id}/favorite', options)
  const unset = useApiMutation('delete', '/api/clients/{client_id}/favorite', options)
  const isPending = set.isPending || unset.isPending
  const isStarred = isPending ? !is_favorite : is_favorite
  const toggle = () => {
    const init = { params: { path: { client_id: id } } }
    if (isPending) return
    if (is_favorite) unset.mutate(init)
    else set.mutate(init)
  }
  return (
    <IconButton
      icon={Star}
      size={size}
      label={isStarred ? `Remove ${name} from favourites` : `Add ${name} to favourites`}
      onPress={toggle}
      placement="left"
      className={classes(isStarred ? 'text-accent-text [&_svg]:fill-current' : 'text-muted', className)}
    />
  )
}

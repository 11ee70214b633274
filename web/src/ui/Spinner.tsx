import { LoaderCircle } from 'lucide-react'
import { classes } from '@/lib/classes'

/** For a wait inside a control. A page that waits shows Skeletons instead. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return <LoaderCircle role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : true} className={classes('size-4 animate-spin motion-reduce:animate-none', className)} />
}

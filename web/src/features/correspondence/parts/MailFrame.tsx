import { classes } from '@/lib/classes'

/** A mail as mail programs show it. In the frame nothing runs, nothing is fetched, and no link leads anywhere. */
export function MailFrame({ html, title, tall = false }: { html: string; title: string; tall?: boolean }) {
  return <iframe sandbox="" srcDoc={html} title={title} referrerPolicy="no-referrer" className={classes('w-full rounded-control border border-line bg-white', tall ? 'h-152' : 'h-112')} />
}

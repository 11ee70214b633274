import { FileSpreadsheet, FileText, Image } from 'lucide-react'

const look = 'size-4 shrink-0 self-center text-muted'

export function KindIcon({ kind }: { kind: string }) {
  if (kind.startsWith('image/')) return <Image aria-hidden className={look} />
  return /sheet|csv/.test(kind) ? <FileSpreadsheet aria-hidden className={look} /> : <FileText aria-hidden className={look} />
}

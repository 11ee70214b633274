/** Documents shared with clients by a link: with whom, how it stands, and what it is called. */
import { Archive, Clock3, Eye, Link2, Undo2, UserX, type LucideIcon } from 'lucide-react'
import { query, type GetPath } from '@/api/queries'
import type { Schema } from '@/api/schema'
import type { Tone } from '@/ui/tones'
import type { Document } from './words'

export type Share = Schema<'DocumentShareOut'>

/** With whom a document is or was shared, in any version, and with whom it may be. */
export const sharesQuery = (document_id: string) => query('/api/documents/{document_id}/shares', { params: { path: { document_id } } })

/** What changes when one is shared or taken back. */
export const touched: GetPath[] = ['/api/documents/{document_id}/shares', '/api/clients/{client_id}/documents', '/api/documents/{document_id}']

type Look = { tone: Tone; icon: LucideIcon; label: string }

export const shared: Look = { tone: 'blue', icon: Link2, label: 'Shared by a link' }

const looks: Record<Exclude<Share['standing'], 'good'>, Look> = {
  taken_back: { tone: 'grey', icon: Undo2, label: 'Taken back' },
  expired: { tone: 'grey', icon: Clock3, label: 'Run out' },
  archived: { tone: 'grey', icon: Archive, label: 'Archived' },
  not_entitled: { tone: 'amber', icon: UserX, label: 'May not see it any more' },
}

export const lookOf = ({ standing, opened_at }: Share): Look => {
  if (standing !== 'good') return looks[standing]
  return opened_at === null ? { ...shared, label: 'Not opened yet' } : { tone: 'green', icon: Eye, label: 'Opened' }
}

/** "opened twice, last …" */
export function readingOf({ times_opened, last_opened_at }: Share, format: (moment: string) => string): string | null {
  if (last_opened_at === null) return null
  const often = times_opened === 1 ? 'once' : times_opened === 2 ? 'twice' : `${times_opened} times`
  return times_opened === 1 ? `opened once, ${format(last_opened_at)}` : `opened ${often}, last ${format(last_opened_at)}`
}

/** mentalspace/documents/sharing/actions.py: share_document */
export function whyNotShare(document: Document, whyNot: string | null): string | null {
  if (whyNot !== null) return whyNot
  return document.status === 'active' && document.state === 'kept' ? null : 'Only an active document whose file is there can be shared.'
}

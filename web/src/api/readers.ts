/** Whom a link about a client may go to, as the page chooses among them. */
import type { Schema } from './schema'

type LinkReader = Schema<'LinkReaderOut'>

const client = 'client'

/** `may`: what a guardian may do, under their name. */
export const recipientsOf = (readers: readonly LinkReader[], may: string) =>
  readers.map(({ guardian_id, ...reader }) => ({ ...reader, id: guardian_id ?? client, detail: guardian_id ? may : 'The client' }))

/** The guardian who was chosen; null for the client. */
export const guardianOf = (id: string | undefined): string | null => (id === undefined || id === client ? null : id)

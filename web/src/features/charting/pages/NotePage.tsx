import { useSuspenseQuery } from '@tanstack/react-query'
import { useReducer } from 'react'
import { useParams, type LoaderFunctionArgs } from 'react-router'
import { useMe } from '@/api/me'
import { invalidate, prefetch } from '@/api/queries'
import { forgetAutosave, hasUnsaved } from '../autosave'
import { writes } from '../can'
import { NoteEditor } from '../parts/NoteEditor'
import { NoteReading } from '../parts/NoteReading'
import { noteFormatsQuery, noteQuery } from '../queries'

export const loader = ({ params }: LoaderFunctionArgs) => prefetch(noteQuery(params.noteId ?? ''), noteFormatsQuery())

/** A note: its editor for the author of a draft, the document for everybody else. */
export function Component() {
  const { noteId = '' } = useParams()
  const me = useMe()
  const { data: note } = useSuspenseQuery(noteQuery(noteId))
  const [, lookAgain] = useReducer((times: number) => times + 1, 0)
  const settle = () => {
    forgetAutosave(me.id, note.id)
    lookAgain()
    void invalidate('/api/notes/{note_id}')
  }
  return writes(note) || hasUnsaved(me.id, note.id) ? <NoteEditor key={note.id} note={note} onSettled={settle} /> : <NoteReading note={note} />
}

import { Ellipsis, FilePlus, History, Printer } from 'lucide-react'
import { useState } from 'react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useMe } from '@/api/me'
import { formatDay, formatMoment, formatTimes } from '@/lib/dates'
import { noteLooks } from '@/lib/looks'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DescriptionList } from '@/ui/DescriptionList'
import { IconButton } from '@/ui/IconButton'
import { LinkButton } from '@/ui/LinkButton'
import { Menu } from '@/ui/Menu'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { Tooltip } from '@/ui/Tooltip'
import { amends } from '../can'
import type { Note } from '../content'
import { AmendDialog } from '../forms/AmendDialog'
import { noteFormatsQuery } from '../queries'
import { ContextRail } from './ContextRail'
import { NoteHeader } from './NoteHeader'
import { DiagnosesText, NoteText } from './NoteText'
import { VersionsDialog } from './VersionsDialog'

/** A note one reads: signed, or somebody else's draft. */
export function NoteReading({ note }: { note: Note }) {
  const me = useMe()
  const { data: formats } = useSuspenseQuery(noteFormatsQuery())
  const [dialog, setDialog] = useState<'amend' | 'versions'>()
  const isMine = note.author_id === me.id
  const paper = `/api/notes/${note.id}/document`
  return (
    <>
      <NoteHeader note={note}>
        <div className="flex flex-wrap items-center gap-2 phone:w-full">
          <StatusBadge {...(note.signed_at ? noteLooks.signed : noteLooks.draft)} />
          {isMine && (
            <Button icon={History} variant="quiet" className="phone:hidden" onPress={() => setDialog('versions')}>
              Earlier texts
            </Button>
          )}
          <LinkButton icon={Printer} href={paper} target="_blank" className="phone:hidden">
            Print note
          </LinkButton>
          {amends(note) && (
            <Button icon={FilePlus} variant="primary" onPress={() => setDialog('amend')}>
              Add amendment
            </Button>
          )}
          <span className="ml-auto hidden phone:flex">
            <Menu
              label="More"
              trigger={<IconButton icon={Ellipsis} variant="secondary" label="More" placement="bottom" />}
              groups={[
                {
                  id: 'note',
                  items: [
                    { id: 'print', label: 'Print note', icon: Printer, onAction: () => void window.open(paper, '_blank', 'noopener') },
                    ...(isMine ? [{ id: 'versions', label: 'Earlier texts', icon: History, onAction: () => setDialog('versions') }] : []),
                  ],
                },
              ]}
            />
          </span>
        </div>
      </NoteHeader>
      <div className="mx-auto grid w-full max-w-7xl grid-cols-[minmax(0,1fr)_20rem] gap-8 px-6 py-6 max-xl:grid-cols-1 phone:px-4 phone:pb-24">
        <article aria-label="Progress note" className="mx-auto flex w-full max-w-[72ch] flex-col gap-6">
          {!note.is_intact && (
            <Alert tone="danger" title="This note is not what was signed">
              Its text no longer matches the signature. Do not rely on it; tell your administrator.
            </Alert>
          )}
          <Facts note={note} />
          <NoteText sections={note.sections} layout={note.layout} />
          {note.signed_at && <Signature note={note} signedAt={note.signed_at} />}
          <Amendments note={note} />
        </article>
        <aside aria-label="Context">
          <ContextRail note={note} />
        </aside>
      </div>
      {dialog === 'amend' && <AmendDialog noteId={note.id} onClose={() => setDialog(undefined)} />}
      {dialog === 'versions' && <VersionsDialog noteId={note.id} formats={formats} current={note.sections} onClose={() => setDialog(undefined)} />}
    </>
  )
}

function Facts({ note }: { note: Note }) {
  const zone = useMe().practice.timezone
  const { service_date, started_at, ended_at, author_name, note_format, diagnoses } = note
  return (
    <DescriptionList
      items={[
        { term: 'Session', value: `${formatDay(service_date, zone)}${started_at && ended_at ? `, ${formatTimes(started_at, ended_at, zone)}` : ''}` },
        { term: 'Author', value: author_name },
        { term: 'Format', value: `Progress note, ${note_format}` },
        { term: 'Diagnoses', value: <DiagnosesText diagnoses={diagnoses} /> },
      ]}
    />
  )
}

function Signature({ note, signedAt }: { note: Note; signedAt: string }) {
  const zone = useMe().practice.timezone
  return (
    <section aria-label="Signature" className="border-t border-line-strong pt-3 text-14">
      <p>
        Signed by <b className="font-semibold">{note.signed_name}</b>
      </p>
      <p className="text-muted tabular">{formatMoment(signedAt, zone)}</p>
      <p className="pt-1 text-12 text-muted">
        Fingerprint of the signed text{' '}
        <Tooltip text={note.content_hash}>
          <Button size="sm" variant="quiet" className="h-6 px-1 font-mono text-12">
            {note.content_hash.slice(0, 12)}
          </Button>
        </Tooltip>
      </p>
    </section>
  )
}

function Amendments({ note: { amendments } }: { note: Note }) {
  const zone = useMe().practice.timezone
  if (amendments.length === 0) return null
  return (
    <Section title="Amendments" look="plain">
      <ol className="flex flex-col gap-4">
        {amendments.map(({ id, author_name, created_at, reason, text }) => (
          <li key={id} className="border-l-2 border-line-strong pl-4">
            <p className="text-13 text-muted tabular">
              {author_name}, {formatMoment(created_at, zone)}
            </p>
            <p className="text-13">
              <span className="text-muted">Reason:</span> {reason}
            </p>
            <p className="pt-1 text-16 leading-[1.6] break-words whitespace-pre-wrap">{text}</p>
          </li>
        ))}
      </ol>
    </Section>
  )
}

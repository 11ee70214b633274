import { useState } from 'react'
import { RadioGroup } from '@/ui/RadioGroup'
import type { Message } from '../queries'
import { MailFrame } from './MailFrame'

const looks = [
  { id: 'html', label: 'As mail programs show it' },
  { id: 'text', label: 'As plain text' },
] as const

/** What a message says: a mail in its look or as plain text, a text message as it is. */
export function MessageText({ message: { content, html } }: { message: Message }) {
  const [look, setLook] = useState<'html' | 'text'>('html')
  return (
    <section aria-label="Text" className="flex flex-col gap-1.5">
      <h3 className="text-12 font-medium text-muted">Text</h3>
      {html !== '' && <RadioGroup label="Shown" hideLabel direction="row" options={looks} value={look} onChange={setLook} />}
      {html !== '' && look === 'html' ? (
        <MailFrame html={html} title="The mail as mail programs show it" />
      ) : (
        <p className="rounded-control border border-line bg-sunken px-3.5 py-3 break-words whitespace-pre-wrap">{content.trim()}</p>
      )}
      {/\[\w+\]/.test(content) && <p className="text-12 text-muted">Links are made when it is sent and kept nowhere{html !== '' && look === 'html' ? '; the look is the one that mails have now.' : '; their names stand in brackets.'}</p>}
    </section>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { http } from '@/api/client'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { RadioGroup } from '@/ui/RadioGroup'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { MailFrame } from './MailFrame'

type Look = Schema<'LookIn'>
type Mode = 'light' | 'dark' | 'text'
const modes = [
  { id: 'light', label: 'By day' },
  { id: 'dark', label: 'In the dark' },
  { id: 'text', label: 'As plain text' },
] as const

/** A made-up mail in this look, made by the server as what is sent; or what is wrong with the look. */
export function LookPreview({ look }: { look: Look }) {
  const [mode, setMode] = useState<Mode>('light')
  const { data: shown, error } = useQuery({ ...previewQuery(useDeferredValue(look)), placeholderData: keepPreviousData })
  const wrong = error && (error.fields.accent_color?.[0] ?? error.fields.logo_id?.[0] ?? error.detail)
  return (
    <Section title="Preview">
      <div className="flex flex-col gap-3">
        <RadioGroup label="Shown" hideLabel direction="row" options={modes} value={mode} onChange={setMode} />
        {wrong && <Alert tone="warning">{wrong}</Alert>}
        {shown ? (
          mode === 'text' ? (
            <p className="rounded-control border border-line bg-sunken px-3.5 py-3 text-13 break-words whitespace-pre-wrap">{shown.text.trim()}</p>
          ) : (
            <MailFrame html={mode === 'dark' ? shown.dark_html : shown.html} title={`A mail that looks so: ${shown.subject}`} tall />
          )
        ) : (
          !wrong && <SkeletonRows rows={6} label="Loading the preview" />
        )}
        <p className="text-12 text-muted">Mail programs differ a little. Nothing in a mail is fetched from anywhere, and nobody is counted by it.</p>
      </div>
    </Section>
  )
}

const previewQuery = (body: Look) => ({
  queryKey: ['preview of a look', body.accent_color, body.logo_id, body.footer],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await http.POST('/api/mail-settings/previews', { body, signal })).data ?? null,
  retry: false,
})

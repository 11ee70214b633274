import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { http } from '@/api/client'
import { ApiError } from '@/api/errors'
import type { Schema } from '@/api/schema'
import { useDebounced } from '@/lib/debounce'
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
  const { data, error } = useQuery({ ...previewQuery(useDebounced(look, 250)), placeholderData: keepPreviousData })
  const wrong = data?.wrong ?? (error && (error.fields.logo_id?.[0] ?? error.detail))
  const shown = data?.shown
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

const previewQuery = (look: Look) => ({
  queryKey: ['preview of a look', look.accent_color, look.logo_id, look.footer],
  queryFn: ({ signal }: { signal: AbortSignal }) => previewed(look, signal),
  retry: false,
})

/** In a color that cannot be, it is shown in the standard one, with what is wrong with the other. */
async function previewed(look: Look, signal: AbortSignal) {
  const shown = async (body: Look) => (await http.POST('/api/mail-settings/previews', { body, signal })).data
  try {
    return { shown: await shown(look), wrong: null }
  } catch (error) {
    const wrong = error instanceof ApiError ? error.fields.accent_color?.[0] : undefined
    if (wrong === undefined) throw error
    return { shown: await shown({ ...look, accent_color: '' }), wrong }
  }
}

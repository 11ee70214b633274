import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDebounced } from '@/lib/debounce'
import { formatPlainDate } from '@/lib/dates'
import { ComboBox } from '@/ui/ComboBox'
import type { BoundField } from '@/ui/FormField'
import { clientSearchQuery } from '../queries'

type ClientFieldProps = BoundField<string | null> & { known?: { id: string; name: string } | undefined }

/** The client, found on the server by name, record number or date of birth. */
export function ClientField({ known, onChange, ...field }: ClientFieldProps) {
  const [text, setText] = useState(known?.name ?? '')
  const [chosen, setChosen] = useState(known?.name)
  const asked = useDebounced(text.trim(), 80)
  const found = useQuery({ ...clientSearchQuery(asked), enabled: asked !== '', placeholderData: keepPreviousData, staleTime: 5_000 })
  const hits = (found.data?.items ?? []).map(({ id, name, date_of_birth, medical_record_number }) => ({ id, label: name, detail: `${formatPlainDate(date_of_birth)} · ${medical_record_number}` }))
  const options = known && !hits.some(({ id }) => id === known.id) && asked === known.name ? [{ id: known.id, label: known.name, detail: undefined }, ...hits] : hits
  const choose = (id: string | null) => {
    const name = options.find((option) => option.id === id)?.label
    setChosen(name)
    if (name !== undefined) setText(name)
    onChange(id)
  }
  /** What is typed over a chosen name is a new search, not that client any more. */
  const type = (typed: string) => {
    setText(typed)
    if (chosen === undefined || typed === chosen) return
    setChosen(undefined)
    onChange(null)
  }
  return (
    <ComboBox
      label="Client"
      required
      autoFocus={!known}
      placeholder="Name, record number or date of birth"
      options={options}
      search={text}
      onSearch={type}
      loading={found.isFetching}
      empty={asked === '' ? 'Type a name.' : found.error ? found.error.detail : `No client matches “${asked}”.`}
      {...field}
      onChange={choose}
    />
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatPlainDate } from '@/lib/dates'
import { useDebounced } from '@/lib/debounce'
import { ComboBox } from '@/ui/ComboBox'
import { clientHitsQuery } from '../queries'

type ClientSearchProps = { value: string | null; onChange: (client: string | null) => void; className?: string }

/** A client to search the trail for, found by name, record number or date of birth. */
export function ClientSearch({ value, onChange, className }: ClientSearchProps) {
  const [text, setText] = useState('')
  const asked = useDebounced(text.trim(), 120)
  const { data, isFetching } = useQuery({ ...clientHitsQuery(asked), enabled: asked !== '', placeholderData: keepPreviousData })
  const options = (data?.items ?? []).map(({ id, name, date_of_birth, medical_record_number }) => ({ id, label: name, detail: `${formatPlainDate(date_of_birth)} · ${medical_record_number}` }))
  const choose = (id: string | null) => {
    const chosen = options.find((option) => option.id === id)
    if (chosen) setText(chosen.label)
    if (id !== value) onChange(id)
  }
  const type = (typed: string) => {
    setText(typed)
    if (typed === '' && value !== null) onChange(null)
  }
  return (
    <ComboBox
      label="Client"
      placeholder={value === null ? 'Any client' : 'The client chosen'}
      options={options}
      value={value}
      onChange={choose}
      search={text}
      onSearch={type}
      loading={isFetching}
      empty={asked === '' ? 'Type a name.' : 'No client matches.'}
      {...(className && { className })}
    />
  )
}

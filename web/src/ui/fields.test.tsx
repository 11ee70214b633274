import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { axeViolations } from '@/test/axe'
import { Checkbox } from './Checkbox'
import { ComboBox } from './ComboBox'
import { DateField } from './DateField'
import { DatePicker } from './DatePicker'
import { NumberField } from './NumberField'
import { RadioGroup } from './RadioGroup'
import { SearchField } from './SearchField'
import { Select } from './Select'
import { Switch } from './Switch'
import { TextArea } from './TextArea'
import { TextField } from './TextField'
import { TimeField } from './TimeField'

const kinds = [
  { id: 'individual', label: 'Individual', detail: '50 min' },
  { id: 'couple', label: 'Couple', detail: '80 min' },
] as const

test('every field has its name, hint and error, and breaks no rule', async () => {
  const noop = vi.fn()
  render(
    <main>
      <TextField label="Text" hint="A hint" error="Say more." required value="" onChange={noop} />
      <TextArea label="Area" error="Say more here." value="" onChange={noop} />
      <NumberField label="Minutes" value={50} onChange={noop} min={5} max={240} step={5} />
      <Select label="Kind" options={kinds} value="couple" onChange={noop} />
      <ComboBox label="Client" options={kinds} value={null} onChange={noop} />
      <DateField label="Born" value="1991-04-12" onChange={noop} />
      <DatePicker label="Day" value="2026-11-24" onChange={noop} />
      <TimeField label="Start" value="15:00" onChange={noop} />
      <RadioGroup label="Where" options={kinds} value={null} onChange={noop} error="Choose one." />
      <Checkbox checked onChange={noop}>
        Remind
      </Checkbox>
      <Switch checked={false} onChange={noop}>
        Sounds
      </Switch>
      <SearchField label="Search clients" value="" onChange={noop} />
    </main>,
  )
  const text = screen.getByRole('textbox', { name: /^Text/ })
  expect(text).toBeInvalid()
  expect(text).toHaveAccessibleDescription('A hint Say more.')
  expect(screen.getByRole('radiogroup', { name: 'Where' })).toHaveAccessibleDescription('Choose one.')
  expect(screen.getByRole('button', { name: /Couple.*Kind/ })).toBeVisible()
  expect(await axeViolations(document.body)).toEqual([])
})

test('a field without an error is not marked', () => {
  render(<TextField label="Text" value="" onChange={vi.fn()} />)
  expect(screen.getByRole('textbox', { name: 'Text' })).not.toBeInvalid()
})

test('dates and times are ISO text outside', async () => {
  const [day, time] = [vi.fn(), vi.fn()]
  render(
    <>
      <DateField label="Born" value="1991-04-12" onChange={day} />
      <TimeField label="Start" value="15:00" onChange={time} />
    </>,
  )
  await userEvent.click(screen.getByRole('spinbutton', { name: /^day/ }))
  await userEvent.keyboard('{ArrowUp}')
  expect(day).toHaveBeenCalledWith('1991-04-13')
  await userEvent.click(screen.getByRole('spinbutton', { name: /^hour/ }))
  await userEvent.keyboard('{ArrowUp}')
  expect(time).toHaveBeenCalledWith('16:00')
})

test('a combo box asks as one types and gives back the id', async () => {
  const chosen = vi.fn()
  function Finder() {
    const [text, setText] = useState('')
    return <ComboBox label="Kind" options={kinds.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))} value={null} onChange={chosen} search={text} onSearch={setText} />
  }
  render(<Finder />)
  await userEvent.click(screen.getByRole('combobox', { name: 'Kind' }))
  await userEvent.keyboard('coup')
  expect(screen.getAllByRole('option')).toHaveLength(1)
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(chosen).toHaveBeenCalledWith('couple')
})

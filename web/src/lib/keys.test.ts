import { expect, test } from 'vitest'
import { chordOf, isTyping, keyMap, KeyReader } from './keys'

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })

test('presses are written as the map writes them', () => {
  expect(chordOf(press('k', { ctrlKey: true }))).toBe('mod+k')
  expect(chordOf(press('K', { metaKey: true, shiftKey: true }))).toBe('mod+k')
  expect(chordOf(press('?', { shiftKey: true }))).toBe('?')
  expect(chordOf(press('ArrowDown'))).toBe('down')
})

test('g, then t, within a moment', () => {
  const bound = (keys: string) => ['g t', 't'].includes(keys)
  const reader = new KeyReader()
  expect(reader.read(press('g'), bound, 0)).toBeUndefined()
  expect(reader.read(press('t'), bound, 300)).toBe('g t')
  expect(reader.read(press('g'), bound, 1000)).toBeUndefined()
  expect(reader.read(press('t'), bound, 2600)).toBe('t')
})

test('letters are letters where one writes', () => {
  document.body.innerHTML = '<input id="in"><button id="out"></button>'
  expect(isTyping(document.querySelector('#in'))).toBe(true)
  expect(isTyping(document.querySelector('#out'))).toBe(false)
})

test('no keys mean two things in one place', () => {
  for (const { bindings } of keyMap) expect(new Set(bindings.map(({ keys }) => keys)).size).toBe(bindings.length)
})

import { expect, test } from 'vitest'
import { moved, without } from './order'

test('forms change places, and the first and the last stay where they are', () => {
  expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
  expect(moved(['a', 'b'], 'b', 1)).toEqual(['a', 'b'])
  expect(moved(['a'], 'x', 1)).toEqual(['a'])
})

test('one is taken out', () => {
  expect(without(['a', 'b'], 'a')).toEqual(['b'])
})

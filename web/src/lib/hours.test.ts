import { describe, expect, it } from 'vitest'
import { asHours, asText } from './hours'

describe('hours as they are typed', () => {
  it.each([
    ['24, 1', [24, 1]],
    ['48', [48]],
    ['', []],
    ['a day', null],
    ['0', null],
    ['337', null],
    ['1.5', null],
    ['1 2 3 4 5 6', null],
  ])('%s', (text, hours) => expect(asHours(text)).toEqual(hours))

  it('are written as they are read', () => expect(asHours(asText([72, 24, 1]))).toEqual([72, 24, 1]))
})

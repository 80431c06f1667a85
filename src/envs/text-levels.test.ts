import { expect, it } from 'vitest'
import { textLevels } from './text-levels.ts'

const levels = textLevels<number>({
  format: (level) => `n=${level}`,
  read: (text) => Number(text.replace('n=', '')),
  validate: (level) => (Number.isInteger(level) ? null : `${level} is no whole number`),
})

it('is its text in every form', () => {
  expect(levels.decode(levels.encode(7))).toBe(7)
  expect(levels.parse(' n=7\n')).toBe(7)
  expect([levels.key(7), levels.format(7)]).toEqual(['n=7', 'n=7'])
})

it('refuses what is no level, by where it came from', () => {
  expect(() => levels.decode(new TextEncoder().encode('n=x'))).toThrow(
    expect.objectContaining({ code: 'level/corrupt' }),
  )
  expect(() => levels.parse('n=1.5')).toThrow(
    expect.objectContaining({ code: 'level/invalid', message: '1.5 is no whole number' }),
  )
})

import { describe, expect, it } from 'vitest'
import { cutText, headerSize, utf8Size } from './cut-text.ts'

describe('cutText', () => {
  it('leaves what fits as it is', () => {
    expect(cutText('a\nb', 100, utf8Size)).toBe('a\nb')
    expect(cutText('x'.repeat(100), 100, headerSize)).toBe('x'.repeat(100))
  })

  it('keeps whole lines and counts the others', () => {
    const lines = Array.from({ length: 200 }, (_, i) => `line ${i}`)
    const cut = cutText(`${lines.join('\n')}\n `, 100, utf8Size).split('\n')
    expect(cut.slice(0, -1)).toEqual(lines.slice(0, cut.length - 1))
    expect(cut.at(-1)).toBe(`  … and ${200 - (cut.length - 1)} more lines`)
  })

  it.each([
    ['ASCII', 'x'],
    ['text that takes more bytes', 'é€'],
    ['pairs', '🙂'],
    ['halves of pairs', '\ud83d'],
    ['per cent signs', '%'],
  ])('cuts one long line and counts characters: %s', (_, unit) => {
    for (const size of [utf8Size, headerSize])
      for (const most of [100, 101, 102, 103, 1000]) {
        const cut = cutText(unit.repeat(5000), most, size)
        expect(size(cut)).toBeLessThanOrEqual(most)
        expect(size(cut)).toBeGreaterThan(most / 2)
        // It would throw for half of a pair.
        encodeURI(cut)
        expect(cut).toMatch(/… \(\d+ more characters\)$/)
      }
  })
})

import { describe, expect, it } from 'vitest'
import { visible, visibleJson } from './visible.ts'

describe('visible', () => {
  it.each([
    ['\x1b]0;title\x07', '\\x1b]0;title\\x07'],
    ['\x00\x7f\x85\x9b31m', '\\x00\\x7f\\x85\\x9b31m'],
    ['one\r\ntwo\tthree', 'one\\r\\ntwo\\tthree'],
    ['a\u202eb\u2066c\u200fd\u061c', 'a\\u202eb\\u2066c\\u200fd\\u061c'],
    ['\u2028\u2029', '\\u2028\\u2029'],
    ['ad\u200bm\u00adin\ufeff', 'ad\\u200bm\\xadin\\ufeff'],
    ['\ud83d and \udc4d', '\\ud83d and \\udc4d'],
    ['\u{e0041}', '\\u{e0041}'],
  ])('shows what has no shape in %j', (text, shown) => {
    expect(visible(text)).toBe(shown)
    expect(visible(shown)).toBe(shown)
  })

  it('leaves letters, blanks and pictures of all scripts', () => {
    const text = 'Größe – 迷宮 مرحبا עברית é 👍🏽 ½ C:\\new'
    expect(visible(text)).toBe(text)
  })
})

describe('visibleJson', () => {
  it('means the same', () => {
    const value = { name: 'a\u202eb\x9b\x7f\u{e0041}\ud83d\n', 'k\u200b': [1, '👍'] }
    const shown = visibleJson(JSON.stringify(value))
    expect(visible(shown)).toBe(shown)
    expect(JSON.parse(shown)).toEqual(value)
  })
})

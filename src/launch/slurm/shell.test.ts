import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellWord, shellWords } from './shell.ts'

/** What a shell makes of the words, in one call for many: each word back as it came, ended by a zero byte. */
function saidBy(shell: string, texts: readonly string[]): string[] {
  const script = `printf '%s\\0' ${shellWords(texts)}`
  const { stdout, stderr, status } = spawnSync(shell, ['-c', script], { encoding: 'buffer' })
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' })
  return stdout.toString('utf8').split('\0').slice(0, -1)
}

const NASTY = [
  "'",
  "''",
  '"',
  '\\',
  "\\'",
  '$(id)',
  '`id`',
  '${HOME',
  '$HOME',
  '!!',
  '~',
  '*',
  '?',
  '[a]',
  '{a,b}',
  'a b',
  '\ta',
  'a\nb',
  '\r',
  '#x',
  ';',
  '&',
  '|',
  '<',
  '>',
  '(',
  ')',
  '-n',
  '--',
  '',
  '=',
  '%s',
  '\u2028',
]

describe.skipIf(process.platform === 'win32')('a word of a shell', () => {
  it.each(['sh', 'bash'])('is what it was, whatever it holds (%s)', (shell) => {
    expect(saidBy(shell, NASTY)).toEqual(NASTY)
    const piece = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 6 }))
    const text = fc
      .array(piece, { maxLength: 6 })
      .map((pieces) => pieces.join('').replaceAll('\0', ''))
    fc.assert(
      fc.property(fc.array(text, { minLength: 40, maxLength: 40 }), (texts) => {
        expect(saidBy(shell, texts)).toEqual(texts)
      }),
      { numRuns: 25 },
    )
  })

  it('stays plain where it can', () => {
    expect(shellWord('/a/b-c.d,e=f:1%+@_')).toBe('/a/b-c.d,e=f:1%+@_')
    expect(shellWord('a b')).toBe("'a b'")
  })
})

import { describe, expect, it } from 'vitest'
import { formatTable, formatTerms, wrap } from './table.ts'

describe('formatTable', () => {
  it('aligns columns and leaves no trailing blanks', () => {
    const rows = [
      ['run', 'cycles', 'note'],
      ['long-name', '7', ''],
    ]
    expect(formatTable(rows, ['left', 'right'])).toEqual([
      'run        cycles  note',
      'long-name       7',
    ])
  })
})

describe('wrap', () => {
  it('keeps lines within the width and never cuts a word', () => {
    expect(wrap('one two three extraordinarily', 8)).toEqual([
      'one two',
      'three',
      'extraordinarily',
    ])
  })
})

describe('formatTerms', () => {
  it('wraps the second column under itself', () => {
    const about = 'replace one value of the config before anything is started'
    expect(formatTerms([['--set K=V', about]], 45)).toEqual([
      '  --set K=V  replace one value of the config',
      '             before anything is started',
    ])
  })

  it('puts a long term on a line of its own', () => {
    const term = 'a.very.long.key.of.a.config.file.indeed'
    expect(formatTerms([[term, 'about']], 80)).toEqual([`  ${term}`, `${' '.repeat(34)}about`])
  })
})

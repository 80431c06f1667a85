import { describe, expect, it } from 'vitest'
import { fakeTerminal } from '../testing/fake-context.ts'
import { fitParts, statusLine } from './status-line.ts'

const CLEAR = '\r\x1b[K'

describe('statusLine', () => {
  it('rewrites one line and puts notes above it', () => {
    const terminal = fakeTerminal({ interactive: true, columns: 40 })
    const line = statusLine(terminal)
    line.update(['cycle 1', '10 %'])
    line.note('a warning')
    line.clear()
    expect(terminal.stderr()).toBe(
      `${CLEAR}cycle 1 · 10 %${CLEAR}a warning\n${CLEAR}cycle 1 · 10 %${CLEAR}`,
    )
  })

  it('writes no control sequences off a screen', () => {
    const terminal = fakeTerminal()
    const line = statusLine(terminal)
    line.update(['cycle 1'])
    line.note('a note')
    line.clear()
    expect(terminal.stderr()).toBe('a note\n')
  })
})

describe('fitParts', () => {
  it('drops whole parts from the end', () => {
    expect(fitParts(['cycle 12', '40 %', '3 k steps/s'], 16)).toBe('cycle 12 · 40 %')
  })

  it('cuts the first part where even it is too wide', () => {
    expect(fitParts(['cycle 123456'], 5)).toBe('cycle')
  })
})

import { type Line, renderLine } from '../../views/text/line.ts'
import type { Terminal } from './terminal.ts'

/** Where the bytes go, and what is there. */
export interface Screen {
  out(text: string): void
  err(text: string): void
  /** Whether standard output is read by a person, not by a program. */
  readonly shown: boolean
  readonly interactive: boolean
  readonly color: boolean
  columns(): number
  settled(): Promise<boolean>
}

/**
 * The one border between what commands say and what a screen does: lines end here, colours are made here, and whatever
 * else would steer the screen is shown as an escape.
 */
export function lineTerminal(screen: Screen): Terminal {
  const { interactive, color } = screen
  const rendered = (line: Line): string => `${renderLine(withoutEnd(line), color)}\n`
  return {
    out: (line) => screen.out(rendered(line)),
    err: (line) => screen.err(rendered(line)),
    document(text) {
      if (!screen.shown) return screen.out(text)
      for (const line of text.replace(/\n$/, '').split('\n')) screen.out(rendered(line))
    },
    rewrite: (text) => screen.err(`\r\x1b[K${renderLine(text, color)}`),
    interactive,
    columns: () => screen.columns(),
    settled: () => screen.settled(),
  }
}

const withoutEnd = (line: Line): Line => (typeof line === 'string' ? line.replace(/\n$/, '') : line)

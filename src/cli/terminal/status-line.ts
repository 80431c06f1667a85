import { visible } from '../../core/visible.ts'
import type { Line } from '../../views/text/line.ts'
import type { Terminal } from './terminal.ts'

/**
 * One line at the foot of the screen, rewritten in place. Other text goes through {@link StatusLine.note}, which
 * puts it above. Off a screen nothing is rewritten, and notes are plain lines.
 */
export interface StatusLine {
  /** Parts in falling importance: what does not fit the width is left out from the end. */
  update(parts: readonly string[]): void
  note(line: Line): void
  /** Removes the line; the cursor stands at the start of an empty one. */
  clear(): void
}

export function statusLine(terminal: Terminal): StatusLine {
  let shown = ''
  const draw = (): void => {
    if (shown !== '') terminal.rewrite(shown)
  }
  return {
    update(parts) {
      if (!terminal.interactive) return
      shown = fitParts(parts.map(visible), terminal.columns() - 1)
      draw()
    },
    note(line) {
      if (shown !== '') terminal.rewrite('')
      terminal.err(line)
      draw()
    },
    clear() {
      if (shown !== '') terminal.rewrite('')
      shown = ''
    },
  }
}

export const SEPARATOR = ' · '

/** As many whole parts as fit; the first is cut where even it does not. */
export function fitParts(parts: readonly string[], width: number): string {
  const room = Math.max(1, width)
  let line = ''
  for (const part of parts) {
    const longer = line === '' ? part : line + SEPARATOR + part
    if (longer.length > room) break
    line = longer
  }
  return line === '' ? (parts[0] ?? '').slice(0, room) : line
}

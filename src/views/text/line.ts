import { visible } from '../../core/visible.ts'

const CODES = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const
export type Paint = keyof typeof CODES

/** Words in a colour of Agon's own, where the screen has any. */
export interface Painted {
  readonly style: Paint
  readonly text: string
}

/** One line of what a command says. Its texts may be anyone's: nothing in them ends the line or steers the screen. */
export type Line = string | readonly (string | Painted)[]

export const paint = (style: Paint, text: string): Painted => ({ style, text })

/** The line as a screen takes it, without its end. */
export function renderLine(line: Line, color: boolean): string {
  const parts = typeof line === 'string' ? [line] : line
  return parts
    .map((part) => {
      if (typeof part === 'string') return visible(part)
      const text = visible(part.text)
      return color ? `\x1b[${CODES[part.style]}m${text}\x1b[0m` : text
    })
    .join('')
}

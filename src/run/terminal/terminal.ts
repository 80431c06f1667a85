import type { ErrorRecord } from '../../core/errors.ts'
import { formatError } from '../../core/errors.ts'

/** Where a command speaks. Results go to `out`, everything for people to watch goes to `err`; `--json` keeps that. */
export interface Terminal {
  /** Raw text to standard output. */
  out(text: string): void
  /** Raw text to standard error. */
  err(text: string): void
  /** Whether standard error is a screen on which a line can be rewritten. */
  readonly interactive: boolean
  /** Whether colour is wanted: a screen, and neither `NO_COLOR` nor `TERM=dumb`. */
  readonly color: boolean
  /** Width of the screen now; it changes when the window does. */
  columns(): number
  /** Resolves once standard output is out, and says whether all of it was taken. */
  settled(): Promise<boolean>
}

const CODES = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const
export type Paint = keyof typeof CODES

export function paint(terminal: Pick<Terminal, 'color'>, style: Paint, text: string): string {
  return terminal.color ? `\x1b[${CODES[style]}m${text}\x1b[0m` : text
}

/** The one way in which commands print errors: a sentence, never a stack trace. */
export function printError(terminal: Terminal, error: ErrorRecord): void {
  terminal.err(`${paint(terminal, 'red', 'error')} ${formatError(withHint(error))}\n`)
}

/** Some errors carry the nearest name as data only. */
function withHint(error: ErrorRecord): ErrorRecord {
  const near = error.fields?.nearest
  if (typeof near !== 'string' || formatError(error).includes('did you mean')) return error
  return { ...error, message: `${error.message}; did you mean '${near}'?` }
}

export function printWarning(terminal: Terminal, warning: ErrorRecord): void {
  terminal.err(`${paint(terminal, 'yellow', 'warning')} ${formatError(warning)}\n`)
}

/** One JSON object as one line on standard output. */
export function printJson(terminal: Terminal, value: Readonly<Record<string, unknown>>): void {
  terminal.out(`${JSON.stringify(value)}\n`)
}

export function printLines(terminal: Terminal, lines: readonly string[]): void {
  for (const line of lines) terminal.out(`${line}\n`)
}

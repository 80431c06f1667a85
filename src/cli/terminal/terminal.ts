import type { ErrorRecord } from '../../core/errors.ts'
import { formatError } from '../../core/errors.ts'
import { visibleJson } from '../../core/visible.ts'
import { type Line, type Painted, paint } from '../../views/text/line.ts'

/** Where a command speaks. Results go to `out`, everything for people to watch goes to `err`; `--json` keeps that. */
export interface Terminal {
  /** A line to standard output; with or without the line feed that ends it. */
  out(line: Line): void
  /** A line to standard error, likewise. */
  err(line: Line): void
  /** A text of many lines to standard output, for another program: byte for byte, unless a person reads it. */
  document(text: string): void
  /** Clears the last line of the screen and writes `text` there, which nothing ends yet. */
  rewrite(text: string): void
  /** Whether standard error is a screen on which a line can be rewritten. */
  readonly interactive: boolean
  /** Width of the screen now; it changes when the window does. */
  columns(): number
  /** Resolves once standard output is out, and says whether all of it was taken. */
  settled(): Promise<boolean>
}

/** The one way in which commands print errors: a sentence, never a stack trace. */
export function printError(terminal: Terminal, error: ErrorRecord): void {
  printProblem(terminal, paint('red', 'error'), withHint(error))
}

/** Some errors carry the nearest name as data only. */
function withHint(error: ErrorRecord): ErrorRecord {
  const near = error.fields?.nearest
  if (typeof near !== 'string' || formatError(error).includes('did you mean')) return error
  return { ...error, message: `${error.message}; did you mean '${near}'?` }
}

export function printWarning(terminal: Terminal, warning: ErrorRecord): void {
  printProblem(terminal, paint('yellow', 'warning'), warning)
}

function printProblem(terminal: Terminal, word: Painted, record: ErrorRecord): void {
  const [first, ...more] = formatError(record).split('\n')
  terminal.err([word, ` ${first}`])
  for (const line of more) terminal.err(line)
}

/** Where an error comes from, and what caused it, for those who asked. */
export function printStack(terminal: Terminal, stack: string): void {
  for (const line of stack.split('\n')) terminal.err(line)
}

/** One JSON object as one line on standard output. */
export function printJson(terminal: Terminal, value: Readonly<Record<string, unknown>>): void {
  terminal.out(visibleJson(JSON.stringify(value)))
}

export function printLines(terminal: Terminal, lines: readonly Line[]): void {
  for (const line of lines) terminal.out(line)
}

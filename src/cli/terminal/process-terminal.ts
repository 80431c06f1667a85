import type { ErrorRecord } from '../../core/errors.ts'
import { lineTerminal, type Screen } from './line-terminal.ts'
import { type SteadyWriter, steadyWriter } from './steady-stream.ts'
import { printJson, printWarning, type Terminal } from './terminal.ts'

const DEFAULT_COLUMNS = 80

type Stream = NodeJS.WriteStream
type Variables = Readonly<Record<string, string | undefined>>

export interface ProcessTerminal extends Terminal {
  /** Resolves once what was written is out or dropped: `process.exit` would drop what a pipe has not taken yet. */
  drained(): Promise<void>
}

/**
 * The terminal of this process. Neither of its streams can fail: what one of them cannot take is dropped, with a warning
 * on the other one, and a run goes on. A reader that goes away (`agon ls | head -1`) is no failure at all.
 * @param json whether standard output is for JSON alone
 */
export function processTerminal(
  stdout: Stream,
  stderr: Stream,
  variables: Variables,
  json: boolean,
): ProcessTerminal {
  const dumb = variables.TERM === 'dumb'
  const interactive = stderr.isTTY === true && !dumb
  // https://no-color.org: present and not empty, whatever the value.
  const refused = variables.NO_COLOR !== undefined && variables.NO_COLOR !== ''
  const out: SteadyWriter = steadyWriter(stdout, (error) =>
    printWarning(terminal, dropped('standard output', error)),
  )
  const err: SteadyWriter = steadyWriter(stderr, (error) => {
    const warning = dropped('standard error', error)
    if (json) printJson(terminal, { kind: 'warning', warning })
    else printWarning(lineTerminal({ ...screen, color: false, err: out.write }), warning)
  })
  const screen: Screen = {
    out: out.write,
    err: err.write,
    shown: stdout.isTTY === true,
    interactive,
    color: interactive && stdout.isTTY === true && !refused,
    columns: () => stderr.columns ?? stdout.columns ?? DEFAULT_COLUMNS,
    async settled() {
      await out.drained()
      return !out.lost()
    },
  }
  const terminal = lineTerminal(screen)
  return {
    ...terminal,
    async drained() {
      await Promise.all([out.drained(), err.drained()])
    },
  }
}

const dropped = (what: string, { message }: Error): ErrorRecord => ({
  code: 'output/dropped',
  message: `${what} cannot be written (${message}): what does not get through is dropped, the work goes on`,
})

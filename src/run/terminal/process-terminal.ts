import type { Terminal } from './terminal.ts'

const DEFAULT_COLUMNS = 80

type Stream = NodeJS.WriteStream
type Variables = Readonly<Record<string, string | undefined>>

/**
 * The terminal of this process. A reader that goes away (`agon ls | head -1`) ends the output quietly: what is
 * written afterwards is dropped, and a run goes on.
 */
export function processTerminal(stdout: Stream, stderr: Stream, variables: Variables): Terminal {
  const dumb = variables.TERM === 'dumb'
  const interactive = stderr.isTTY === true && !dumb
  // https://no-color.org: present and not empty, whatever the value.
  const refused = variables.NO_COLOR !== undefined && variables.NO_COLOR !== ''
  return {
    out: quietWriter(stdout),
    err: quietWriter(stderr),
    interactive,
    color: interactive && stdout.isTTY === true && !refused,
    columns: () => stderr.columns ?? stdout.columns ?? DEFAULT_COLUMNS,
  }
}

function quietWriter(stream: Stream): (text: string) => void {
  let gone = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    gone = true
  })
  return (text) => {
    if (!gone) stream.write(text)
  }
}

/** Resolves once what was written is out: `process.exit` would drop what a pipe has not taken yet. */
export function drained(stream: Stream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableNeedDrain === undefined) return resolve()
    stream.once('error', () => resolve())
    stream.write('', () => resolve())
  })
}

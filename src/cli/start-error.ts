// Runs on every Node that can load modules, however old: plain syntax, nothing imported.

interface StartError {
  readonly code: string
  readonly message: string
  readonly place?: string
  readonly remedy?: string
  readonly stack?: string
}

/** What kept the command line from being loaded, in the form of every other error. */
export function printStartError(error: StartError) {
  const { code, message, place, remedy, stack } = error
  const before = place === undefined ? '' : `${place}: `
  const after = remedy === undefined ? '' : ` — ${remedy}`
  if (process.argv.includes('--json')) console.log(JSON.stringify({ kind: 'error', ...error }))
  console.error(`error ${before}${message}${after} [${code}]`)
  if (process.env.AGON_DEBUG === '1' && stack !== undefined) console.error(stack)
}

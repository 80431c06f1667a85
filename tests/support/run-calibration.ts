import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../native/football/calibrate/main.mjs', import.meta.url))

export interface Row {
  readonly experiment: string
  readonly row: string
  readonly measured?: number
  readonly reference?: number
  readonly verdict: string
}

export interface Told {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** What `npm run calibrate -- football …` runs, without the weights of others. */
export function calibrate(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Told> {
  const { AGON_DATA: _, ...rest } = process.env
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...args],
      { env: { ...rest, ...env }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
}

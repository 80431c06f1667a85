import { spawn } from 'node:child_process'
import { AgonError } from '../../core/errors.ts'
import { TOKEN_VARIABLE } from '../../wire/index.ts'

/** What a client command of Slurm said. */
export interface Said {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a client command of Slurm; rejects with the cause where it cannot be started, null where it gave no answer. */
export type SlurmClient = (words: readonly string[]) => Promise<Said | null>

/** A client waits for ever where the controller is gone. */
const PATIENCE_MS = 60_000

/** Real processes, without the token that the environment may hold: a job's environment is kept by the controller. */
export function slurmClient(
  env: Readonly<Record<string, string | undefined>>,
  patienceMs = PATIENCE_MS,
): SlurmClient {
  const { [TOKEN_VARIABLE]: _, ...rest } = env
  return ([command, ...args]) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, args, { env: rest, stdio: ['ignore', 'pipe', 'pipe'] })
      let [stdout, stderr, late] = ['', '', false]
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text
      })
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text
      })
      const timer = setTimeout(() => {
        late = true
        child.kill('SIGKILL')
      }, patienceMs)
      child.on('error', (error) => {
        clearTimeout(timer)
        reject(error)
      })
      child.on('close', (code) => {
        clearTimeout(timer)
        resolve(late ? null : { code, stdout, stderr })
      })
    })
}

/**
 * Gives a script to sbatch.
 * @returns the job's id
 * @throws AgonError `slurm/missing`, `slurm/silent`, `slurm/refused`
 */
export async function submitJob(script: string, client: SlurmClient): Promise<string> {
  const said = await client(['sbatch', '--parsable', script]).catch((cause) => {
    throw new AgonError('slurm/missing', `sbatch cannot be started: ${(cause as Error).message}`, {
      remedy: 'submit from a host of the cluster, or see the script with --dry-run',
      cause,
    })
  })
  if (said === null)
    throw new AgonError('slurm/silent', "sbatch gave no answer: Slurm's controller may be down", {
      place: script,
      remedy: 'see what `sinfo` says; the job may have been taken all the same: `squeue --me`',
    })
  // `id`, or `id;cluster`.
  const id = /^(\d+)(;\S*)?\s*$/.exec(said.stdout)?.[1]
  if (said.code === 0 && id !== undefined) return id
  const why = said.stderr.trim().split('\n').at(-1) || `it ended with ${said.code}`
  throw new AgonError('slurm/refused', `sbatch refused the job: ${why}`, {
    place: script,
    remedy: 'mend the slurm section of the config (--set slurm.partition=…)',
  })
}

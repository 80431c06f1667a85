import { AgonError } from '../../../core/errors.ts'
import type { SlurmClient } from '../../slurm/submit-job.ts'

/** Where a task of an array job stands, as Slurm tells it: `PENDING`, `RUNNING`. */
export type TaskStates = ReadonlyMap<string, string>

/** Of a task: `4711_3`. */
export const taskName = (job: string, index: number): string => `${job}_${index}`

/**
 * The tasks of these jobs that are not over; null where Slurm gave no answer, and nothing is known.
 * @throws AgonError `slurm/missing`, `slurm/refused`
 */
export async function queuedTasks(
  jobs: readonly string[],
  client: SlurmClient,
): Promise<TaskStates | null> {
  const states = new Map<string, string>()
  for (const job of jobs) {
    const said = await ask(['--array', `--jobs=${job}`, '--format=%F_%K|%T'], client)
    if (said === null) return null
    for (const line of said) {
      const [task, state] = line.split('|')
      states.set(task, state)
    }
  }
  return states
}

/** The jobs of that name that are not over. @throws AgonError as {@link queuedTasks} */
export async function jobsNamed(name: string, client: SlurmClient): Promise<readonly string[]> {
  const said = await ask([`--name=${name}`, '--format=%F'], client)
  if (said === null)
    throw new AgonError('slurm/silent', "squeue gave no answer: Slurm's controller may be down", {
      remedy: 'try again once `sinfo` answers: whether a job was submitted is not known',
    })
  return [...new Set(said)]
}

async function ask(words: readonly string[], client: SlurmClient): Promise<string[] | null> {
  const said = await client(['squeue', '--noheader', ...words]).catch((cause) => {
    throw new AgonError('slurm/missing', `squeue cannot be started: ${(cause as Error).message}`, {
      remedy: 'run the sweep on a host of the cluster, or without --on slurm',
      cause,
    })
  })
  if (said === null) return null
  if (said.code !== 0)
    // What Slurm has forgotten is over; any other fault may pass.
    return /invalid job id/i.test(said.stderr) ? [] : null
  return said.stdout.split('\n').filter((line) => line !== '')
}

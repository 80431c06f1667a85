import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { agon } from '../support/command.ts'
import { exactFiles, type JournalLine, journalOf } from '../support/run-files.ts'
import type { Cluster } from './cluster.ts'

/** A run that was submitted. */
export interface Job {
  readonly id: string
  readonly run: string
  log(): string
  /** Cycles in metrics.jsonl. */
  cycles(): number
  cuts(): readonly number[]
  journal(): readonly JournalLine[]
  /** Processes of `agon node` of a label, not the shells that keep them. */
  nodes(label: string): number[]
  /** Where the newest actor of that name was made, among the nodes of a label. */
  hostOf(label: string, actor: string): string
  /** Waits for the end of the job, and tells the log where it is another than expected. */
  ended(state: string, seconds?: number): Promise<void>
}

/** Gives `config` to `agon run --on slurm` with changes. */
export const submit = (
  cluster: Cluster,
  name: string,
  config: string,
  set: readonly string[],
): Promise<Job> =>
  submitWords(cluster, name, ['run', config, ...set.flatMap((one) => ['--set', one])])

/** The same for any command that runs something. */
export async function submitWords(
  cluster: Cluster,
  name: string,
  words: readonly string[],
): Promise<Job> {
  const run = join(cluster.folder, 'runs', name)
  const args = [...words, '--out', run, '--on', 'slurm']
  const { code, events, stderr } = await agon(args, undefined, cluster.env)
  const job = events.find((event) => event.job !== undefined)?.job
  if (code !== 0 || job === undefined) throw new Error(`not submitted: ${stderr}`)
  return jobOf(cluster, String(job), run)
}

const ENDED = ['COMPLETED', 'FAILED', 'CANCELLED', 'TIMEOUT', 'NODE_FAIL', 'OUT_OF_MEMORY', '']

function jobOf(cluster: Cluster, id: string, run: string): Job {
  const read = (name: string): string => {
    const path = join(run, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }
  const logs = (): string =>
    readdirSync(join(run, 'slurm'))
      .filter((name) => name.endsWith('.log'))
      .map((name) => `-- ${name}\n${read(`slurm/${name}`)}`)
      .join('')
  return {
    id,
    run,
    log: () => read(`slurm/job-${id}.log`),
    cycles: () => read('metrics.jsonl').split('\n').length - 1,
    cuts: () =>
      readdirSync(join(run, 'cuts'))
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .sort((a, b) => a - b),
    nodes: (label) =>
      processesWith(process.execPath, 'node', '--label', label, join(run, 'hub.json')).filter(
        (pid) => commandOf(pid)[0] === process.execPath,
      ),
    hostOf(label, actor) {
      // Each line begins with its task.
      const lines = read(`slurm/job-${id}-${label}.log`).split('\n')
      const task = lines
        .findLast((line) => line.endsWith(`: ${actor} made`))
        ?.split(':')[0]
        .trim()
      const node = this.nodes(label).find((pid) => variableOf(pid, 'SLURM_PROCID') === task)
      if (node === undefined) throw new Error(`${actor} is nowhere: ${lines.join('\n')}`)
      return variableOf(node, 'SLURMD_NODENAME') ?? ''
    },
    journal: () => (existsSync(join(run, 'journal.jsonl')) ? journalOf(run) : []),
    async ended(state, seconds = 120) {
      const over = (): boolean => ENDED.includes(cluster.state(id))
      await cluster.until(`job ${id} has ended`, over, seconds).catch((error: Error) => {
        throw new Error(`${error.message}\n${logs()}`)
      })
      if (cluster.state(id) !== state)
        throw new Error(`${cluster.state(id)}, not ${state}\n${logs()}`)
    },
  }
}

/** What of a run must not depend on where it ran: all that is exact but the config, which says where. */
export function bitsOf(run: string): Record<string, string> {
  const files = Object.entries(exactFiles(run))
  return Object.fromEntries(files.filter(([name]) => !/^(slurm\/|config\.yaml$)/.test(name)))
}

/** Processes of the machine whose command line has every one of these words. */
function processesWith(...words: readonly string[]): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => words.every((word) => commandOf(pid).includes(word)))
}

/** The words of a process's command line; none where it is gone. */
function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** Processes of jobs on a host. */
export const processesOf = (host: string): number[] =>
  processesWith().filter((pid) => variableOf(pid, 'SLURMD_NODENAME') === host)

/** A variable of a running process. */
export function variableOf(pid: number, name: string): string | undefined {
  let text = ''
  try {
    text = readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    // It is gone, or another user's.
  }
  const pairs = text.split('\0')
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

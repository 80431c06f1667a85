import { AgonError } from '../../../core/errors.ts'
import type { PolicyFile } from '../../../inference/contract.ts'
import { shellWord } from '../../../launch/slurm/shell.ts'
import type { RunConfig } from '../../../run/contract.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { ServedContext } from '../../command.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import type { RunServices } from './services.ts'

export interface Order {
  readonly out?: string
  readonly init?: PolicyFile
  readonly dryRun: boolean
  readonly json: boolean
}

/** Submits the run as a job of Slurm, or shows the script. */
export async function runOnSlurm(
  config: RunConfig,
  { dryRun, json, ...given }: Order,
  { services, terminal }: ServedContext<RunServices>,
): Promise<ExitCode> {
  const { script, scriptPath, dir, submit } = await services.slurmJob(config, given)
  if (dryRun) {
    if (json) printJson(terminal, { kind: 'script', dir, path: scriptPath, text: script })
    else terminal.document(script)
    return EXIT.ok
  }
  const job = await submit()
  if (json) {
    printJson(terminal, { kind: 'submitted', job, dir, script: scriptPath })
    return EXIT.ok
  }
  const run = shellWord(dir)
  printLines(
    terminal,
    formatTable([
      ['submitted', `job ${job}`],
      ['script', scriptPath],
      ['queue', `squeue --jobs=${job}`],
      ['log', `tail -F ${run}/slurm/job-${job}.log`],
      ['watch', `agon watch ${run}`],
      ['stop', `agon stop ${run} (with a cut), or scancel ${job}`],
    ]),
  )
  return EXIT.ok
}

/** Shows the run as manifests; applying them is for kubectl. */
export async function runOnK8s(
  config: RunConfig,
  { dryRun, json, out, init }: Order,
  { services, terminal }: ServedContext<RunServices>,
): Promise<ExitCode> {
  const unfit = !dryRun
    ? 'Agon writes manifests and applies none'
    : out !== undefined
      ? 'the run directory lies in the cluster: k8s.claim and k8s.folder say where'
      : init !== undefined
        ? 'a policy to start from cannot be handed over'
        : null
  if (unfit !== null)
    throw new AgonError('k8s/unsupported', unfit, {
      place: 'agon run --on k8s',
      remedy: 'agon run <config> --on k8s --dry-run | kubectl apply -f -',
    })
  const text = await services.k8sManifests(config)
  if (json) printJson(terminal, { kind: 'manifests', text })
  else terminal.document(text)
  return EXIT.ok
}

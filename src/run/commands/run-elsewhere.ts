import type { PolicyFile } from '../../inference/contract.ts'
import type { RunConfig } from '../contract.ts'
import { shellWord } from '../slurm/shell.ts'
import { formatTable } from '../terminal/table.ts'
import { printJson, printLines } from '../terminal/terminal.ts'
import type { CommandContext } from './command.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'

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
  { services, terminal }: CommandContext,
): Promise<ExitCode> {
  const { script, scriptPath, dir, submit } = await services.slurmJob(config, given)
  if (dryRun) {
    if (json) printJson(terminal, { kind: 'script', dir, path: scriptPath, text: script })
    else terminal.out(script)
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

import type { Sweep, SweepEvent } from '../../../launch/sweep/sweep.ts'
import type { Arguments, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson } from '../../terminal/terminal.ts'
import type { SweepServices } from './services.ts'
import { sweepSpec } from './spec.ts'
import { MOST_JOBS, type PlannedSweep } from './sweep-order.ts'

/** Where the runs of a sweep go on. @throws AgonError `usage/value`, `usage/option` */
export function hostOf(args: Arguments): 'local' | 'slurm' {
  const host = args.text('on') ?? 'local'
  if (host !== 'local' && host !== 'slurm')
    throw usage(sweepSpec, 'usage/value', `--on takes local or slurm, not '${host}'`)
  const only = (['detach', 'dry-run'] as const).find((name) => args.flag(name))
  if (host === 'local' && only !== undefined)
    throw usage(sweepSpec, 'usage/option', `--${only} is for --on slurm`)
  return host
}

/** The sweep as array jobs; null where it was only to be shown. */
export async function sweepOnSlurm(
  planned: PlannedSweep,
  args: Arguments,
  { services, terminal }: ServedContext<SweepServices>,
  onEvent: (event: SweepEvent) => void,
): Promise<Sweep | null> {
  const { runs, of, configOf, name, folder, threads } = planned
  const jobs = args.integer('jobs', 1, MOST_JOBS) ?? null
  const wait = !args.flag('detach')
  const array = await services.slurm({
    ...{ runs, of, configOf, name, folder, threads, jobs, wait, onEvent },
  })
  if (!args.flag('dry-run')) return await array.start()
  const { path, script } = await array.script()
  if (args.flag('json')) printJson(terminal, { kind: 'script', dir: folder, path, text: script })
  else if (script === null) terminal.err('every run has finished: there is nothing to submit\n')
  else terminal.document(script)
  return null
}

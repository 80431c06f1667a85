import type { RunConfig } from '../../../run/contract.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { formatBytes, formatCount, formatDuration } from '../../../views/text/quantities.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { ServedContext } from '../../command.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import type { RunServices } from './services.ts'

/** What a run would take, before anything is started or written. */
export async function printPlan(
  config: RunConfig,
  out: string | undefined,
  json: boolean,
  { services, terminal }: ServedContext<RunServices>,
): Promise<ExitCode> {
  const plan = await services.estimate(config)
  const diskFree = await services.freeDisk(out ?? 'runs')
  const { name, seed } = config
  if (json) {
    printJson(terminal, { kind: 'estimate', name, seed, ...plan, diskFree })
  } else {
    const from = {
      rate: 'a measured rate',
      yardstick: 'one matrix product',
      budget: 'its budget',
      unknown: '',
    }
    const count = (known: number | null): string =>
      known === null ? 'not known' : formatCount(known)
    const time =
      plan.seconds === null
        ? 'not known'
        : `about ${formatDuration(plan.seconds * 1000)}, from ${from[plan.timeFrom]}`
    printLines(terminal, [
      ...formatTable([
        ['config', `${name}, seed ${seed}: valid`],
        ['cycles', `${count(plan.cycles)} of ${formatCount(plan.envStepsPerCycle)} env steps`],
        ['gradient updates', count(plan.gradientUpdates)],
        ['env steps', count(plan.envSteps)],
        ['time', time],
        ['memory', `about ${formatBytes(plan.memoryBytes)}`],
        ['disk', `about ${formatBytes(plan.diskBytes)}, ${formatBytes(diskFree)} free`],
      ]),
      ...plan.notes.map((note) => `note: ${note}`),
    ])
  }
  return EXIT.ok
}

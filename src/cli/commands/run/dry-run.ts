import type { Estimate } from '../../../run/config/index.ts'
import type { RunConfig } from '../../../run/contract.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { partsOf } from '../../../run/stages/stage-files.ts'
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
  const parts = partsOf(config)
  const plans: Estimate[] = []
  for (const part of parts) plans.push(await services.estimate(part))
  const diskFree = await services.freeDisk(out ?? 'runs')
  const { name, seed, stages } = config
  const names = stages?.map((stage) => stage.name) ?? []
  if (json) {
    const staged = plans.map((plan, i) => ({ name: names[i], ...plan }))
    printJson(terminal, {
      kind: 'estimate',
      name,
      seed,
      ...(stages === undefined ? plans[0] : { stages: staged }),
      diskFree,
    })
    return EXIT.ok
  }
  const valid = ['config', `${name}, seed ${seed}: valid`]
  const free = `${formatBytes(diskFree)} free`
  if (stages === undefined) {
    const [plan] = plans
    const disk = ['disk', `about ${formatBytes(plan.diskBytes)}, ${free}`]
    const rows = [valid, ...rowsOf(plan), ['memory', memoryOf(plan)], disk]
    printLines(terminal, [...formatTable(rows), ...plan.notes.map((note) => `note: ${note}`)])
    return EXIT.ok
  }
  const most = plans.reduce((a, b) => (b.memoryBytes > a.memoryBytes ? b : a))
  const disk = plans.reduce((sum, plan) => sum + plan.diskBytes, 0)
  printLines(terminal, [
    ...formatTable([
      valid,
      ...plans.flatMap((plan, i) => [
        [`stage ${i + 1}`, `${names[i]}: ${castOf(parts[i])}`],
        ...rowsOf(plan).map(([what, value]) => [`  ${what}`, value]),
      ]),
      ['memory', memoryOf(most)],
      ['disk', `about ${formatBytes(disk)}, ${free}`],
    ]),
    ...plans.flatMap(({ notes }, i) => notes.map((note) => `note: ${names[i]}: ${note}`)),
  ])
  return EXIT.ok
}

const castOf = ({ students, adversary, env }: RunConfig): string => {
  const who = Object.values(students).map(({ id }) => id)
  return `${who.join(', ')} under ${adversary.id} in ${env.id}`
}

const memoryOf = ({ memoryBytes }: Estimate): string => `about ${formatBytes(memoryBytes)}`

const TIME_FROM = {
  rate: 'a measured rate',
  yardstick: 'one matrix product',
  budget: 'its budget',
  unknown: '',
} as const

function rowsOf(plan: Estimate): string[][] {
  const count = (known: number | null): string =>
    known === null ? 'not known' : formatCount(known)
  const time =
    plan.seconds === null
      ? 'not known'
      : `about ${formatDuration(plan.seconds * 1000)}, from ${TIME_FROM[plan.timeFrom]}`
  return [
    ['cycles', `${count(plan.cycles)} of ${formatCount(plan.envStepsPerCycle)} env steps`],
    ['gradient updates', count(plan.gradientUpdates)],
    ['env steps', count(plan.envSteps)],
    ['time', time],
  ]
}

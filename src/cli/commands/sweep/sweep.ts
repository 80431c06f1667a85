import { formatError, toErrorRecord } from '../../../core/errors.ts'
import type { SweepEvent, SweptEnd, SweptRun } from '../../../launch/sweep/sweep.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import type { Arguments, CommandDefinition, ServedContext } from '../../command.ts'
import { onInterrupt } from '../../terminal/interrupts.ts'
import { printJson, printLines, printWarning } from '../../terminal/terminal.ts'
import { writeFiles } from '../compare/compare-files.ts'
import { type SweepServices, sweepServices } from './services.ts'
import { sweepSpec } from './spec.ts'
import { hostOf, sweepOnSlurm } from './sweep-on-slurm.ts'
import { planSweep } from './sweep-order.ts'
import { runName, sweepProgress } from './sweep-progress.ts'

export const sweepCommand: CommandDefinition<SweepServices> = {
  services: sweepServices,
  spec: sweepSpec,
  async run(args, context) {
    const { terminal, services, clock, interrupts } = context
    const json = args.flag('json')
    const host = hostOf(args)
    const order = await planSweep(args, context)
    const say = (event: SweepEvent): void => {
      if (json) printJson(terminal, { ...event, kind: 'sweep', event: event.kind })
      else progress.on(event)
    }
    const progress = sweepProgress(order.runs.length, terminal, clock)
    const bounded = args.text('jobs') === undefined ? {} : { jobs: order.jobs }
    const { jobs: _, cores: __, ...told } = order.told
    const planned = host === 'local' ? order.told : { ...told, ...bounded, on: host }
    if (json) printJson(terminal, { kind: 'sweep', event: 'planned', ...planned })
    else terminal.err(`${host === 'local' ? order.line : `${order.what}, on ${host}`}\n`)
    const sweep =
      host === 'local'
        ? await services.sweep({
            runs: order.runs,
            jobs: order.jobs,
            of: order.of,
            onEvent: say,
          })
        : await sweepOnSlurm(order, args, context, say)
    if (sweep === null) return EXIT.ok
    let left = false
    const release = onInterrupt(interrupts, clock, {
      stop() {
        if (!json) terminal.err(`${STOPPING[host]}\n`)
        sweep.stop()
      },
      exit() {
        left = true
        sweep.stop()
      },
    })
    try {
      const runs = await sweep.result
      await showEnd(runs, args, context)
      if (args.flag('detach') && runs.every(({ status }) => DETACHED.has(status))) return EXIT.ok
      return left ? EXIT.interrupted : exitOf(runs)
    } finally {
      release()
    }
  },
}

const STOPPING = {
  local: 'stopping every run with a cut; Ctrl-C again leaves at once',
  slurm: 'the jobs go on in the queue; the same command again waits for them, scancel ends them',
} as const

/** As runs stand that nobody was to wait for. */
const DETACHED: ReadonlySet<SweptEnd['status']> = new Set(['queued', 'finished'])

/** One table of what finished; what did not is named before it. */
async function showEnd(
  runs: readonly (SweptRun & SweptEnd)[],
  args: Arguments,
  { terminal, services }: ServedContext<SweepServices>,
): Promise<void> {
  const json = args.flag('json')
  const finished = runs.filter(({ status }) => status === 'finished').map(({ dir }) => dir)
  if (!json)
    for (const run of runs)
      if (run.error !== null) terminal.err(`${runName(run)} failed: ${formatError(run.error)}\n`)
  if (finished.length === 0) return
  try {
    const comparison = await services.compare(finished)
    if (json) printJson(terminal, { kind: 'comparison', ...comparison.json })
    else printLines(terminal, comparison.lines)
    const written = await writeFiles(args, comparison, services.write)
    if (!json) for (const path of written) terminal.err(`written  ${path}\n`)
  } catch (error) {
    // The runs stand as they are; they may measure nothing that can be compared.
    printWarning(terminal, toErrorRecord(error))
  }
}

function exitOf(runs: readonly SweptEnd[]): ExitCode {
  if (runs.some(({ status }) => status === 'failed')) return EXIT.failed
  return runs.every(({ status }) => status === 'finished') ? EXIT.ok : EXIT.stopped
}

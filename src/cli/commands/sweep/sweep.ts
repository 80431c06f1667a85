import { join } from 'node:path'
import { formatError, toErrorRecord } from '../../../core/errors.ts'
import type { SweepEvent, SweptEnd, SweptRun } from '../../../launch/sweep/sweep.ts'
import type { RunConfig } from '../../../run/contract.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import type { Arguments, CommandDefinition, CommandSpec, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { onInterrupt } from '../../terminal/interrupts.ts'
import { printJson, printLines, printWarning } from '../../terminal/terminal.ts'
import { parseSeeds } from './seeds.ts'
import { type SweepServices, sweepServices } from './services.ts'
import { sweepProgress } from './sweep-progress.ts'

const MOST_JOBS = 256

const spec: CommandSpec = {
  name: 'sweep',
  about: 'run one config under several seeds, some at a time, and compare them',
  positionals: [{ name: 'config', about: 'a YAML file', required: true }],
  options: {
    seeds: { value: 'SEEDS', about: 'which: 1..5, or 1,4,9; default 1..5' },
    set: { value: 'KEY=VALUE', about: 'replace one value of the config in every run', many: true },
    jobs: {
      value: 'N',
      about: 'runs at a time; by default as many as the cores of this machine have threads for',
    },
    workers: { value: 'N', about: 'the same as --set workers=N; never changes a result' },
    out: {
      value: 'DIR',
      about: 'the folder of the runs, seed-1, seed-2 …; by default runs/<name>-sweep',
    },
  },
  notes: [
    'The same command again goes on with what has begun, and leaves what has finished. One run that fails does not end the others.',
    'Ctrl-C once: every run makes a cut and stops. Twice: they leave at once.',
  ],
  examples: [
    'agon sweep recipes/maze-accel-quick.yaml',
    'agon sweep maze.yaml --seeds 1..10 --jobs 4 --set budget.gradientUpdates=1000',
  ],
}

export const sweepCommand: CommandDefinition<SweepServices> = {
  services: sweepServices,
  spec,
  async run(args, context) {
    const { terminal, services, clock, interrupts } = context
    const json = args.flag('json')
    const order = await orderOf(args, context)
    const say = (event: SweepEvent): void => {
      if (json) printJson(terminal, { ...event, kind: 'sweep', event: event.kind })
      else progress.on(event)
    }
    const progress = sweepProgress(order.runs.length, terminal, clock)
    if (json) printJson(terminal, { kind: 'sweep', event: 'planned', ...order.told })
    else terminal.err(`${order.line}\n`)
    const sweep = await services.sweep({ ...order, onEvent: say })
    let left = false
    const release = onInterrupt(interrupts, clock, {
      stop() {
        if (!json) terminal.err('stopping every run with a cut; Ctrl-C again leaves at once\n')
        sweep.stop()
      },
      exit() {
        left = true
        sweep.stop()
      },
    })
    try {
      const runs = await sweep.result
      await showEnd(runs, json, context)
      return left ? EXIT.interrupted : exitOf(runs)
    } finally {
      release()
    }
  },
}

/** What is to be run where, after every refusal that needs no run. */
async function orderOf(args: Arguments, { services }: ServedContext<SweepServices>) {
  const [config] = args.positionals
  if (config === '-')
    throw usage(spec, 'usage/argument', 'a sweep reads its config once a run: give a file')
  const text = args.text('seeds') ?? '1..5'
  const seeds = parseSeeds(text)
  if (seeds === null)
    throw usage(
      spec,
      'usage/value',
      `--seeds takes whole numbers such as 1..5 or 1,4,9, not '${text}'`,
    )
  const workers = args.integer('workers', 1)
  const set = [...args.texts('set'), ...(workers === undefined ? [] : [`workers=${workers}`])]
  const resolved = await services.loadConfig(config, { set, seed: seeds[0] })
  const { cores, threads } = await services.cores(resolved)
  const fit = Math.max(1, Math.floor(cores / threads))
  const jobs = args.integer('jobs', 1, MOST_JOBS) ?? Math.min(seeds.length, fit)
  const out = args.text('out') ?? join('runs', `${resolved.name}-sweep`)
  const runs = seeds.map((seed) => ({ seed, dir: join(out, `seed-${seed}`) }))
  return {
    ...{ config, set, runs, jobs },
    told: { name: resolved.name, dir: out, seeds, jobs, threads, cores },
    line: lineOf(resolved, { seeds: seeds.length, out, jobs, threads, cores }),
  }
}

function lineOf(
  { name }: RunConfig,
  facts: Readonly<{ seeds: number; out: string; jobs: number; threads: number; cores: number }>,
): string {
  const { seeds, out, jobs, threads, cores } = facts
  const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
  return `${many(seeds, 'seed')} of ${name} in ${out}, ${jobs} at a time, ${many(threads, 'thread')} each on ${many(cores, 'core')}`
}

/** One table of what finished; what did not is named before it. */
async function showEnd(
  runs: readonly (SweptRun & SweptEnd)[],
  json: boolean,
  { terminal, services }: ServedContext<SweepServices>,
): Promise<void> {
  const finished = runs.filter(({ status }) => status === 'finished').map(({ dir }) => dir)
  if (!json)
    for (const { seed, error } of runs)
      if (error !== null) terminal.err(`seed ${seed} failed: ${formatError(error)}\n`)
  if (finished.length === 0) return
  try {
    const { lines, json: data } = await services.compare(finished)
    if (json) printJson(terminal, { kind: 'comparison', ...data })
    else printLines(terminal, lines)
  } catch (error) {
    // The runs stand as they are; they may measure nothing that can be compared.
    printWarning(terminal, toErrorRecord(error))
  }
}

function exitOf(runs: readonly SweptEnd[]): ExitCode {
  if (runs.some(({ status }) => status === 'failed')) return EXIT.failed
  return runs.every(({ status }) => status === 'finished') ? EXIT.ok : EXIT.stopped
}

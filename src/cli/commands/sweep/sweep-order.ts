import { join } from 'node:path'
import type { SweptRun } from '../../../launch/sweep/sweep.ts'
import type { RunConfig } from '../../../run/contract.ts'
import type { Arguments, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { parseSeeds } from './seeds.ts'
import type { SweepOrder, SweepServices, SweepVariant } from './services.ts'
import { sweepSpec } from './spec.ts'

export const MOST_JOBS = 256

/** What is to be run where, what the first line says of it and what `--json` does. */
export interface PlannedSweep extends Pick<SweepOrder, 'runs' | 'jobs' | 'of'> {
  readonly name: string
  readonly folder: string
  readonly threads: number
  /** Of its variant, under the first seed. */
  configOf(run: SweptRun): RunConfig

  /** Without where. */
  readonly what: string
  readonly line: string
  readonly told: Readonly<Record<string, unknown>>
}

/** After every refusal that needs no run: each variant's config is read and checked under its first seed. */
export async function planSweep(
  args: Arguments,
  { services }: ServedContext<SweepServices>,
): Promise<PlannedSweep> {
  const [path] = args.positionals
  if (path === '-')
    throw usage(sweepSpec, 'usage/argument', 'a sweep reads its config once a run: give a file')
  const plan = await services.readPlan(path)
  const seeds = seedsOf(args.text('seeds') ?? plan?.seeds ?? '1..5')
  const workers = args.integer('workers', 1)
  const set = [...args.texts('set'), ...(workers === undefined ? [] : [`workers=${workers}`])]
  const variants = (plan?.variants ?? [{ label: '', config: path, set: [] }]).map(
    (variant): SweepVariant => ({ ...variant, set: [...variant.set, ...set] }),
  )
  const configs = new Map<string, RunConfig>()
  let threads = 1
  let cores = 1
  let name = plan?.name
  for (const variant of variants) {
    const resolved = await services.loadConfig(variant.config, { set: variant.set, seed: seeds[0] })
    configs.set(variant.label, resolved)
    const found = await services.cores(resolved)
    threads = Math.max(threads, found.threads)
    cores = found.cores
    name ??= resolved.name
  }
  const out = args.text('out') ?? join('runs', `${name}-sweep`)
  const byLabel = new Map(variants.map((variant) => [variant.label, variant]))
  const runs = variants.flatMap(({ label }) =>
    seeds.map(
      (seed): SweptRun => ({
        ...(plan === null ? {} : { variant: label }),
        seed,
        dir: plan === null ? join(out, `seed-${seed}`) : join(out, label, `seed-${seed}`),
      }),
    ),
  )
  const fit = Math.max(1, Math.floor(cores / threads))
  const jobs = args.integer('jobs', 1, MOST_JOBS) ?? Math.min(runs.length, fit)
  const labels = plan === null ? {} : { variants: variants.map(({ label }) => label) }
  const what = `${plan === null ? '' : `${many(variants.length, 'variant')} × `}${many(seeds.length, 'seed')}`
  return {
    ...{ runs, jobs, threads, folder: out, name: name ?? 'sweep' },
    configOf: ({ variant = '' }) => configs.get(variant) as RunConfig,
    of: ({ variant = '' }) => byLabel.get(variant) ?? variants[0],
    told: { name, dir: out, ...labels, seeds, jobs, threads, cores },
    what: `${what} of ${name} in ${out}`,
    line: `${what} of ${name} in ${out}, ${jobs} at a time, ${many(threads, 'thread')} each on ${many(cores, 'core')}`,
  }
}

function seedsOf(text: string): readonly number[] {
  const seeds = parseSeeds(text)
  if (seeds !== null) return seeds
  const message = `--seeds takes whole numbers such as 1..5 or 1,4,9, not '${text}'`
  throw usage(sweepSpec, 'usage/value', message)
}

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

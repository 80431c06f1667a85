import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { drawCurve } from './curve.ts'
import { FAMILIES, sweepFile } from './evidence/families.ts'
import { csvOf, pageOf, tableOf } from './evidence/page.ts'
import { type Result, resultsOf } from './evidence/results.ts'
import { summaries } from './evidence/summary.ts'
import { mean, PAGE, ROOT } from './train.ts'

/**
 * The study of docs/evidence.md: algorithms under equal gradient updates, several seeds each, measured on held-out levels.
 * `evidence.js [--family maze|s5|walker|small-walker|racing|small-racing] [--algorithms dr,accel,…] [--seeds N] [--updates N] [--seconds N] [--jobs N] [--page] [--out DIR]`.
 * Runs stand in the folder as `agon sweep` makes them; the same command again goes on with what is not finished. After
 * `--seconds` those under way make a cut and the tables tell of what finished (exit code 3). `--page` writes docs/learning/evidence-<family>.md
 * with its table and pictures as well.
 */
const { values } = parseArgs({
  options: {
    family: { type: 'string', default: 'maze' },
    algorithms: { type: 'string' },
    seeds: { type: 'string', default: '5' },
    updates: { type: 'string' },
    seconds: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    page: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
})
const name = values.family
const family = FAMILIES[name]
if (family === undefined) throw new Error(`there are the families ${Object.keys(FAMILIES)}`)
const algorithms = values.algorithms?.split(',') ?? family.algorithms
const updates = Number(values.updates ?? family.updates)
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1)
const out = resolve(values.out ?? join(ROOT, 'runs', 'learning', `evidence-${name}`))

/** Every run to its end, or until the time is up; `agon sweep` goes on with what stands there. */
async function sweep(): Promise<void> {
  mkdirSync(out, { recursive: true })
  const file = join(out, 'study.yaml')
  writeFileSync(file, sweepFile(name, family, algorithms, updates))
  const args = ['sweep', file, '--seeds', `1..${seeds.length}`, '--workers', '1']
  const child = spawn(
    process.execPath,
    [join(ROOT, 'dist/cli/agon.js'), ...args, '--jobs', values.jobs, '--out', out],
    { stdio: 'inherit' },
  )
  const limit =
    values.seconds === undefined
      ? undefined
      : setTimeout(() => child.kill('SIGINT'), 1000 * Number(values.seconds))
  await new Promise((ended) => child.on('close', ended))
  clearTimeout(limit)
}

/** A picture beside the table, and what it shows. */
type Picture = readonly [file: string, shows: string, svg: string]

/** What builders were paid in each run of a learned builder. */
function regrets(results: readonly Result[]): Picture[] {
  const paid = results.filter(
    ({ group, rows }) =>
      !group.endsWith(':antagonist') && rows.some((row) => 'adversary/builder_return' in row),
  )
  if (paid.length === 0) return []
  const series = paid.slice(0, 5).map(({ group, seed, rows }) => ({
    label: `${group.split(':')[0]} ${seed}`,
    values: rows.flatMap((row) => row['adversary/regret_mean'] ?? []),
  }))
  const title = 'mean regret of the cycle’s levels'
  return [[`evidence-${name}-regret.svg`, title, drawCurve(title, 'builds', series)]]
}

/** Returns of the episodes in training, by algorithm: the mean of its seeds, as far as all of them got. */
function returns(results: readonly Result[]): Picture {
  const groups = [...new Set(results.map(({ group }) => group))]
  const series = groups.map((group) => {
    const curves = results
      .filter((result) => result.group === group)
      .map(({ slot, rows }) => rows.flatMap((row) => row[`${slot}/return_mean`] ?? []))
    const length = Math.min(...curves.map((curve) => curve.length))
    const values = Array.from({ length }, (_, i) => mean(curves.map((curve) => curve[i])))
    return { label: group, values }
  })
  const title = 'mean return while training'
  return [`evidence-${name}-return.svg`, title, drawCurve(title, 'cycles', series)]
}

await sweep()
const results = algorithms.flatMap((algorithm) =>
  seeds.flatMap((seed) => resultsOf(out, algorithm, seed)),
)
const unfinished = algorithms.flatMap((algorithm) =>
  seeds
    .filter((seed) => resultsOf(out, algorithm, seed).length === 0)
    .map((seed) => `${algorithm} seed ${seed}`),
)
if (results.length === 0) {
  console.error('no run has finished')
  process.exit(1)
}
const told = summaries(family, results)
const command = `node build/tests/learning/evidence.js --family ${name} --algorithms ${algorithms.join(',')} --seeds ${seeds.length} --updates ${updates}`
const table = tableOf(family, told, command, unfinished)
const write = (kind: string, text: string): void =>
  writeFileSync(join(out, `evidence-${name}.${kind}`), text)
write('csv', csvOf(results))
write(
  'json',
  `${JSON.stringify({ family: name, command, updates, unfinished, groups: told }, null, 2)}\n`,
)
write('md', table)
const pictures = [...regrets(results), returns(results)]
for (const [file, , svg] of pictures) writeFileSync(join(out, file), svg)
if (values.page) {
  mkdirSync(PAGE, { recursive: true })
  const shown = pictures.map(([file, shows]) => [file, shows] as const)
  writeFileSync(join(PAGE, `evidence-${name}.md`), pageOf(name, family, table, shown))
  writeFileSync(join(PAGE, `evidence-${name}.csv`), csvOf(results))
  for (const [file, , svg] of pictures) writeFileSync(join(PAGE, file), svg)
}
console.log(`\n${table}\nwritten to ${out}`)
process.exit(unfinished.length === 0 ? 0 : 3)

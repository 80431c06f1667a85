import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import {
  ALGORITHMS,
  type Algorithm,
  type Problem,
  searchProjection,
} from '../../src/adversaries/testing/linear-projection.ts'
import { mean, PAGE, provenance, ROOT } from './train.ts'

/**
 * Emitters against the published figures of pyribs, on the linear projection benchmark of Fontaine et al. 2020: a hundred numbers, 100 × 100
 * cells, 10 000 iterations of 540 candidates.
 *
 *     node build/tests/learning/emitters.js [--iterations 10000] [--seeds 1,2,3] [--algorithm cma-me]… [--problem sphere]… [--jobs N]
 *
 * Each search runs in a process of its own, `--jobs` at a time; what has ended stands in runs/learning/emitters and is not run again. A table
 * is printed, and docs/learning/emitters.md written.
 */
const NAMES = Object.keys(ALGORITHMS) as Algorithm[]
const PROBLEMS = ['sphere', 'rastrigin'] as const

/** Mean and standard deviation over twenty trials: QD score, coverage in percent (docs.pyribs.org, example `sphere`). */
const PUBLISHED: Readonly<Record<Algorithm, readonly [number, number, number, number]>> = {
  'map-elites': [416_111.64, 2681.37, 50.72, 0.4],
  'line-map-elites': [491_013.92, 1118.74, 60.44, 0.17],
  'cma-me': [456_678.01, 2882.1, 55.84, 0.41],
  'cma-me-mu': [498_464.35, 2214.86, 61.11, 0.34],
}
const WHOLE = 10_000

const { values } = parseArgs({
  options: {
    iterations: { type: 'string', default: String(WHOLE) },
    seeds: { type: 'string', default: '1,2,3' },
    algorithm: { type: 'string', multiple: true, default: NAMES },
    problem: { type: 'string', multiple: true, default: [...PROBLEMS] },
    jobs: { type: 'string', default: String(availableParallelism()) },
    // Of one process of its own.
    alone: { type: 'boolean', default: false },
  },
})
const iterations = Number(values.iterations)
const seeds = values.seeds.split(',').map(Number)
const algorithms = NAMES.filter((name) => values.algorithm.includes(name))
const problems = PROBLEMS.filter((name) => values.problem.includes(name))
if (!(iterations >= 1) || seeds.some((seed) => !Number.isInteger(seed))) {
  console.error('--iterations takes a number from 1, --seeds whole numbers with commas between')
  process.exit(2)
}

interface Search {
  readonly algorithm: Algorithm
  readonly problem: Problem
  readonly seed: number
}

interface Found {
  readonly qdScore: number
  readonly coverage: number
  readonly max: number
  readonly seconds: number
}

const FOLDER = join(ROOT, 'runs', 'learning', 'emitters')
const fileOf = ({ algorithm, problem, seed }: Search): string =>
  join(FOLDER, `${problem}-${algorithm}-${iterations}-${seed}.json`)
const foundOf = (search: Search): Found => JSON.parse(readFileSync(fileOf(search), 'utf8'))

function searchAlone(search: Search): void {
  const start = performance.now()
  const figures = searchProjection({ ...search, dimensions: 100, bins: 100, iterations })
  const seconds = (performance.now() - start) / 1000
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(fileOf(search), `${JSON.stringify({ ...figures, seconds })}\n`)
}

async function searchAll(searches: readonly Search[]): Promise<void> {
  const open = searches.filter((search) => !existsSync(fileOf(search)))
  const one = async (): Promise<void> => {
    for (let search = open.shift(); search !== undefined; search = open.shift()) {
      const { algorithm, problem, seed } = search
      const args = ['--algorithm', algorithm, '--problem', problem, '--seeds', String(seed)]
      const child = spawn(
        process.execPath,
        [fileURLToPath(import.meta.url), '--alone', ...args, '--iterations', values.iterations],
        { stdio: 'inherit' },
      )
      const status = await new Promise((ended) => child.on('close', ended))
      if (status !== 0)
        throw new Error(`${problem}, ${algorithm}, seed ${seed}: ended with ${status}`)
      console.log(`learning: ${problem}, ${algorithm}, seed ${seed} done`)
    }
  }
  await Promise.all(Array.from({ length: Number(values.jobs) }, one))
}

const whole = (value: number): string => Math.round(value).toLocaleString('en').replaceAll(',', ' ')

function rowOf(problem: Problem, algorithm: Algorithm): string {
  const found = seeds.map((seed) => foundOf({ algorithm, problem, seed }))
  const each = (of: (one: Found) => number, text: (value: number) => string): string => {
    const numbers = found.map(of)
    return `${text(mean(numbers))} (${text(Math.min(...numbers))} – ${text(Math.max(...numbers))})`
  }
  const percent = (value: number): string => `${value.toFixed(2)} %`
  const [score, scoreSd, coverage, coverageSd] = PUBLISHED[algorithm]
  const published =
    problem === 'sphere' && iterations === WHOLE
      ? [`${whole(score)} ± ${whole(scoreSd)}`, `${percent(coverage)} ± ${coverageSd.toFixed(2)}`]
      : ['–', '–']
  const columns = [
    each((one) => one.qdScore, whole),
    published[0],
    each((one) => 100 * one.coverage, percent),
    published[1],
    each(
      (one) => one.max,
      (value) => value.toFixed(2),
    ),
    `${Math.round(mean(found.map((one) => one.seconds)))} s`,
  ]
  return `| ${problem} | ${algorithm} | ${columns.join(' | ')} |`
}

function page(rows: readonly string[]): string {
  return `# Emitters on the linear projection benchmark

The benchmark of Fontaine et al. 2020 as the example \`sphere\` of pyribs has it: points of a hundred numbers, 100 × 100 cells over the sums of either half,
${whole(iterations)} iterations of 540 candidates, objectives from 0 to 100. \`map-elites\` is normal noise of 0.5 around elites, \`line-map-elites\` that with steps of 0.2 of
the way to another elite, \`cma-me\` fifteen improvement emitters of 36 candidates that begin with sigma 0.5, \`cma-me-mu\` those with the better half as parents.
Mean over seeds ${seeds.join(', ')}, lowest and highest in parentheses. Published: mean and standard deviation of twenty trials with pyribs, which tells no figures
of Rastrigin's function.

\`\`\`sh
node build/tests/learning/emitters.js --iterations ${iterations} --seeds ${seeds.join(',')}
\`\`\`

Made by this command: ${provenance(`${values.jobs} at a time`)}.

| problem | emitters | QD score | published | cells filled | published | best | time |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`
}

const searches = seeds.flatMap((seed) =>
  problems.flatMap((problem) =>
    algorithms.map((algorithm): Search => ({ algorithm, problem, seed })),
  ),
)
if (values.alone) searchAlone(searches[0])
else {
  await searchAll(searches)
  const rows = problems.flatMap((problem) =>
    algorithms.map((algorithm) => rowOf(problem, algorithm)),
  )
  console.log(rows.join('\n'))
  const path = join(PAGE, 'emitters.md')
  writeFileSync(path, page(rows))
  console.log(`learning: ${path}`)
}

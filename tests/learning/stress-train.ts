import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mean, provenance, ROOT } from './train.ts'

/**
 * Exposed, trained, retested: recipes/stress-train-retest-maze-quick.yaml under several seeds, and docs/stress/train-retest.md. `--seeds N`.
 * A run that was cut off goes on. Fails where students do not fall less short on the levels found than before they learned from them.
 */
const { values } = parseArgs({ options: { seeds: { type: 'string', default: '3' } } })
const RECIPE = join(ROOT, 'recipes/stress-train-retest-maze-quick.yaml')
const CLI = join(ROOT, 'dist/cli/agon.js')

/** A line of `history.jsonl`. */
interface Attempted {
  readonly stage: string
  readonly objective: number | null
}

interface Figures {
  readonly seed: number
  /** Mean shortfall of the first pass over the found levels, by examination. */
  readonly before: number
  readonly after: number
  /** As the map of the search has them. */
  readonly archive: number
  /** Solved rate on held-out mazes. */
  readonly heldOut: readonly [before: number, after: number]
}

function run(seed: number): string {
  const out = join(ROOT, 'runs/learning', `stress-train-${seed}`)
  if (existsSync(join(out, 'stages/retested/evaluation.json'))) return out
  const args = existsSync(join(out, 'manifest.json'))
    ? ['resume', out]
    : ['run', RECIPE, '--out', out, '--seed', String(seed)]
  const { status } = spawnSync(process.execPath, [CLI, ...args], { stdio: 'inherit' })
  if (status !== 0) throw new Error(`seed ${seed} ended with ${status}`)
  return out
}

function figuresOf(seed: number): Figures {
  const out = run(seed)
  const json = (...path: string[]) => JSON.parse(readFileSync(join(out, ...path), 'utf8'))
  const history = readFileSync(join(out, 'history.jsonl'), 'utf8').trim().split('\n')
  const rows = history.map((line): Attempted => JSON.parse(line))
  const meanOf = (stage: string): number =>
    mean(rows.flatMap((row) => (row.stage === stage ? (row.objective ?? []) : [])))
  const solved = (stage: string): number =>
    json('stages', stage, 'evaluation.json').slots.agent.final.solvedRate
  const elites: readonly { objective: number }[] = json(
    'stages/exposed/archive/archive.json',
  ).elites
  const best = elites.map(({ objective }) => objective).sort((a, b) => b - a)
  return {
    seed,
    archive: mean(best.slice(0, 32)),
    before: meanOf('examined'),
    after: meanOf('retested'),
    heldOut: [solved('pretrained'), solved('trained')],
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const figures = Array.from({ length: Number(values.seeds) }, (_, i) => figuresOf(i + 1))
const rows = figures.map(
  ({ seed, archive, before, after, heldOut }) =>
    `| ${seed} | ${archive.toFixed(2)} | ${before.toFixed(2)} | **${after.toFixed(2)}** | ${percent(heldOut[0])} | ${percent(heldOut[1])} |`,
)
const table = `| seed | in the map | before, fresh seeds | after | held-out mazes before | after |
|---|---|---|---|---|---|
${rows.join('\n')}`
writeFileSync(
  join(ROOT, 'docs/stress/train-retest.md'),
  `# From weakness to curriculum

\`recipes/stress-train-retest-maze-quick.yaml\`: a student of small mazes learns under domain randomisation, is searched for where it fails,
learns from the 32 worst levels that were found, and is examined on them again.

\`\`\`sh
node build/tests/learning/stress-train.js --seeds ${values.seeds}
\`\`\`

Made by that command: ${provenance()}.

How far its mean return stays below what the shortest way pays, on those 32 levels, and the share of 100 held-out mazes, four episodes each, that it
solves:

${table}

*In the map* is what the search saw, four attempts of each level, of which it keeps the worst: partly bad luck. *Before* and *after* are
sixteen fresh attempts of each level, by the student that was searched and by the one that learned from them for 100 updates. Held-out mazes are of the
generator: they tell what is forgotten meanwhile, since nothing but the 32 levels is trained on.
`,
)
console.log(table)
process.exit(figures.every(({ before, after }) => after < before) ? 0 : 1)

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stream } from 'agon/core'
import { aggregate } from 'agon/evaluation'
import { mean, PAGE, provenance, rateOf, type Trained, train } from './train.ts'

/**
 * Every `-quick` recipe with three seeds: what each ends with on 100 held-out random mazes and on the published ones.
 * Writes docs/learning/quick-recipes.md.
 */
const RECIPES = ['dr', 'plr', 'robust-plr', 'parallel-plr', 'accel', 'parallel-accel']
/** Those of a learned builder, and the student that is told of where there are several. */
const BUILT: Readonly<Record<string, string>> = {
  paired: 'protagonist',
  'population-paired': 'student-1',
  repaired: 'protagonist',
  'minimax-adversary': 'agent',
}
/** Its builder builds what cannot be solved: the student need not learn. */
const HOSTILE = 'minimax-adversary'
const SEEDS = [0, 1, 2]
const GAIN = 0.3
const HELD_OUT = 'random:100/'
const PUBLISHED = ['SixteenRooms', 'Labyrinth', 'StandardMaze']

interface Row {
  readonly recipe: string
  readonly runs: readonly Trained[]
}

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`

function cells({ recipe, runs }: Row): string {
  const last = runs.map(({ rows }) => rows[rows.length - 1])
  const scores = runs.map(({ levels }) =>
    levels.filter(({ name }) => name.startsWith(HELD_OUT)).map((level) => level.solvedRate),
  )
  const { mean: rate, meanInterval } = aggregate(scores, (name) => stream('quick', recipe, name))
  const range = (key: string, divisor = 1): string => {
    const values = last.map((row) => row[key] / divisor)
    const [low, high] = [Math.min(...values), Math.max(...values)].map((v) => +v.toPrecision(3))
    return low === high ? `${low}` : `${low}–${high}`
  }
  const published = PUBLISHED.map((name) =>
    percent(mean(runs.map(({ levels }) => rateOf(levels, `maze/minimax-train/${name}`)))),
  )
  return `| [${recipe}](../algorithms/${recipe}.md) | ${[
    range('cycle'),
    range('gradient_updates'),
    `${range('env_steps', 1e6)} M`,
    percent(mean(runs.map(({ untrained }) => rateOf(untrained, HELD_OUT)))),
    `**${percent(rate)}** (${meanInterval.map(percent).join(' to ')})`,
    ...published,
  ].join(' | ')} |`
}

function page(rows: readonly Row[]): string {
  return `# The quick recipes

\`recipes/maze-*-quick.yaml\`: 7 × 7 mazes, a small student, under a minute each. They show that every algorithm learns;
budgets differ, so they are no ranking. Solved rate on 100 held-out random mazes, of which three cannot be solved: mean of
seeds ${SEEDS.join(', ')} with the 95 % interval of a bootstrap over seeds within levels. Then the published 13 × 13 mazes,
which are larger than anything these students saw.

\`\`\`sh
node build/tests/learning/quick-recipes.js    # part of npm run test:slow
\`\`\`

Made by that command: ${provenance()}.

| recipe | cycles | gradient updates | env steps | untrained | trained | ${PUBLISHED.join(' | ')} |
|---|---|---|---|---|---|---|---|---|
${rows.map(cells).join('\n')}
`
}

const rows = [...RECIPES, ...Object.keys(BUILT)].map((recipe) => ({
  recipe,
  runs: SEEDS.map((seed) =>
    train(`${recipe}-quick`, `maze-${recipe}-quick.yaml`, seed, [], BUILT[recipe]),
  ),
}))
mkdirSync(PAGE, { recursive: true })
writeFileSync(join(PAGE, 'quick-recipes.md'), page(rows))
const taught = rows.filter(({ recipe }) => recipe !== HOSTILE)
const flat = taught.flatMap(({ recipe, runs }) =>
  runs
    .filter((run) => rateOf(run.levels, HELD_OUT) - rateOf(run.untrained, HELD_OUT) < GAIN)
    .map((run) => `${recipe}, seed ${run.seed}: gained less than ${GAIN}`),
)
for (const complaint of flat) console.error(complaint)
console.log(flat.length === 0 ? 'learning: every quick recipe learned' : 'learning: FAILED')
process.exit(flat.length === 0 ? 0 : 1)

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stream } from 'agon/core'
import { aggregate } from 'agon/evaluation'
import { mean, PAGE, provenance, rateOf, type Trained, train } from './train.ts'

/**
 * The quick football recipe with three seeds: how many of 100 held-out starts, and of the academy's own, end with a goal.
 * Writes docs/learning/football-academy.md.
 */
const SEEDS = [0, 1, 2]
const GAIN = 0.4
const HELD_OUT = 'random:100/'
const OWN = 'football/academy/academy_empty_goal_close'

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`

function page(runs: readonly Trained[]): string {
  const scores = runs.map(({ levels }) =>
    levels.filter(({ name }) => name.startsWith(HELD_OUT)).map((level) => level.solvedRate),
  )
  const { mean: rate, meanInterval } = aggregate(scores, (name) => stream('football', name))
  const before = (prefix: string): string =>
    percent(mean(runs.map(({ untrained }) => rateOf(untrained, prefix))))
  const own = percent(mean(runs.map(({ levels }) => rateOf(levels, OWN))))
  const last = runs.map(({ rows }) => rows[rows.length - 1])
  return `# Football: the quick recipe

\`recipes/football-academy-quick.yaml\`: PLR over starts around \`academy_empty_goal_close\`, a small student that sees the 115
numbers, ${last[0].gradient_updates} gradient updates, ${(last[0].env_steps / 1e6).toPrecision(2)} M environment steps, about a minute. Share of episodes that end with a
goal: mean of seeds ${SEEDS.join(', ')}, with the 95 % interval of a bootstrap over seeds within levels.

\`\`\`sh
node build/tests/learning/football-academy.js    # part of npm run test:slow
\`\`\`

Made by that command: ${provenance()}.

| | untrained | trained |
|---|---|---|
| 100 held-out starts of the same kind, 4 episodes each | ${before(HELD_OUT)} | **${percent(rate)}** (${meanInterval.map(percent).join(' to ')}) |
| academy_empty_goal_close itself, 4 episodes | ${before(OWN)} | ${own} |
`
}

const runs = SEEDS.map((seed) => train('football-academy', 'football-academy-quick.yaml', seed))
mkdirSync(PAGE, { recursive: true })
writeFileSync(join(PAGE, 'football-academy.md'), page(runs))
const flat = runs.filter(
  (run) => rateOf(run.levels, HELD_OUT) - rateOf(run.untrained, HELD_OUT) < GAIN,
)
for (const { seed } of flat) console.error(`seed ${seed}: gained less than ${GAIN}`)
console.log(flat.length === 0 ? 'learning: football learned' : 'learning: FAILED')
process.exit(flat.length === 0 ? 0 : 1)

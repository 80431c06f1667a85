import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Level, mean, outcomeOf, PAGE, provenance, type Trained, train } from './train.ts'

/**
 * SAMPLR, PLR⊥ and DR on the choice of fruit, at equal gradient updates: what each is worth under the prior, and which fruit it eats.
 *
 *     node build/tests/learning/fruit-choice.js [--updates 1000] [--seeds 0,1,2,3,4] [--algorithm samplr]…
 *     node build/tests/learning/fruit-choice.js --page [--updates …] [--seeds …]
 *
 * The first trains each algorithm with each seed in a process of its own, one after the other; several may go side by side with
 * other seeds or algorithms. A run that was cut off goes on where it stood. The second trains nothing, and writes
 * docs/learning/fruit-choice.md from what was trained.
 */
const RECIPES = {
  samplr: { recipe: 'fruit-samplr-quick.yaml', settings: [] },
  'robust-plr': { recipe: 'fruit-robust-plr-quick.yaml', settings: [] },
  dr: { recipe: 'fruit-samplr-quick.yaml', settings: ['adversary={id: dr}'] },
} as const
type Algorithm = keyof typeof RECIPES
const ALGORITHMS = Object.keys(RECIPES) as Algorithm[]

const { values } = parseArgs({
  options: {
    updates: { type: 'string', default: '1000' },
    seeds: { type: 'string', default: '0,1,2,3,4' },
    algorithm: { type: 'string', multiple: true, default: ALGORITHMS },
    workers: { type: 'string', default: '1' },
    page: { type: 'boolean', default: false },
    // Of one process of its own.
    alone: { type: 'boolean', default: false },
  },
})
const updates = Number(values.updates)
const seeds = values.seeds.split(',').map(Number)
const algorithms = ALGORITHMS.filter((one) => values.algorithm.includes(one))
const unknown = values.algorithm.find((asked) => !ALGORITHMS.some((one) => one === asked))
if (unknown !== undefined) {
  console.error(`there is no algorithm '${unknown}'; there are ${ALGORITHMS.join(', ')}`)
  process.exit(2)
}
if (!(updates >= 1) || seeds.some((seed) => !Number.isInteger(seed))) {
  console.error('--updates takes a number from 1, --seeds whole numbers with commas between')
  process.exit(2)
}

const nameOf = (algorithm: Algorithm): string => `fruit-${algorithm}-${updates}`

function trainOne(algorithm: Algorithm, seed: number): void {
  const { recipe, settings } = RECIPES[algorithm]
  train(nameOf(algorithm), recipe, seed, [
    ...settings,
    `workers=${values.workers}`,
    `budget={gradientUpdates: ${updates}}`,
    `evaluation.every=${Math.max(1, Math.floor(updates / 4))}`,
  ])
}

/** Of a suite's levels: mean return, solved rate. */
const part = (levels: readonly Level[], suite: string): readonly Level[] =>
  levels.filter(({ name }) => name.startsWith(`fruit-choice/${suite}/`))

interface Score {
  /** Mean return under the prior. */
  readonly worth: number
  /** Shares of episodes in which that fruit is eaten. */
  readonly apple: number
  readonly banana: number
}

/** What a fruit's own suite solves is how often it is eaten: nothing that is seen tells the suites apart. */
function scoreOf({ levels }: Trained): Score {
  const eaten = (fruit: string): number => mean(part(levels, fruit).map((one) => one.solvedRate))
  const [apple, banana] = [eaten('apple'), eaten('banana')]
  return { worth: mean(part(levels, 'rooms').map((one) => one.meanReturn)), apple, banana }
}

function page(): string {
  const rows = algorithms.flatMap((algorithm) => {
    const scores = seeds.map((seed) => scoreOf(outcomeOf(nameOf(algorithm), seed)))
    const each = (of: (score: Score) => number): string => {
      const numbers = scores.map(of)
      const low = Math.min(...numbers)
      const high = Math.max(...numbers)
      return `${mean(numbers).toFixed(2)} (${low.toFixed(2)} – ${high.toFixed(2)})`
    }
    const columns = [each((s) => s.worth), each((s) => s.apple), each((s) => s.banana)]
    return [`| ${algorithm} | ${columns.join(' | ')} |`]
  })
  return `# SAMPLR, PLR⊥ and DR on the choice of fruit

The [quick recipes](../../recipes/fruit-samplr-quick.yaml) with ${updates} gradient updates and seeds ${seeds.join(', ')}: mean over seeds, lowest and highest
in parentheses. With the default odds, 7 in 10 for the apple, a banana that is always reached is worth 2.3 and an apple 1.8. Which fruit is eaten is measured
where that fruit is right, which nothing shows.

\`\`\`sh
node build/tests/learning/fruit-choice.js --updates ${updates} --seeds ${seeds.join(',')}
node build/tests/learning/fruit-choice.js --updates ${updates} --seeds ${seeds.join(',')} --page
\`\`\`

Made by these commands: ${provenance().replace(', two workers', '')}.

| | return under the prior | eats the apple | eats the banana |
|---|---|---|---|
${rows.join('\n')}
`
}

if (values.page) {
  const path = join(PAGE, 'fruit-choice.md')
  writeFileSync(path, page())
  console.log(`learning: ${path}`)
} else if (values.alone) trainOne(algorithms[0], seeds[0])
else
  for (const seed of seeds)
    for (const algorithm of algorithms) {
      const args = ['--seeds', String(seed), '--algorithm', algorithm, '--updates', String(updates)]
      const alone = [
        fileURLToPath(import.meta.url),
        ...args,
        '--workers',
        values.workers,
        '--alone',
      ]
      const { status } = spawnSync(process.execPath, alone, { stdio: 'inherit' })
      if (status !== 0) process.exit(status ?? 1)
    }

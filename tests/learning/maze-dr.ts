import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawCurve, type Series } from './curve.ts'
import { mean, PAGE, provenance, rateOf, type Trained, train } from './train.ts'

/**
 * Domain randomisation with the minimax profile and its defaults for 300 gradient updates (2.46 M environment steps),
 * three seeds. Writes docs/learning/maze-dr.md and its pictures. A run that was cut off goes on where it stood.
 */
const SEEDS = [0, 1, 2]
const UPDATES = 300
const WINDOW = 20
/** Nats. One hundredth of the published budget leaves a policy that is still mostly uniform. */
const ENTROPY_DROP = 0.1

const trainDr = (seed: number): Trained =>
  train('maze-dr', 'maze-dr.yaml', seed, [
    `budget.gradientUpdates=${UPDATES}`,
    'evaluation.every=100',
    'evaluation.final.suite=maze/minimax-train + random:100',
    'evaluation.final.episodes=10',
    'cuts.every=25',
  ])

const column = ({ rows }: Trained, name: string): number[] => rows.map((row) => row[name])
const ends = (run: Trained, name: string): readonly [number, number] => [
  mean(column(run, name).slice(0, WINDOW)),
  mean(column(run, name).slice(-WINDOW)),
]

function curveOf(runs: readonly Trained[], name: string): Series[] {
  return runs.map((run) => ({ label: `seed ${run.seed}`, values: column(run, name) }))
}

/** What a healthy learner shows; the figures of a broken one stay flat. */
function check(runs: readonly Trained[]): string[] {
  const complaints: string[] = []
  for (const run of runs) {
    const [first, last] = ends(run, 'agent/return_mean')
    if (!(last > 2 * first))
      complaints.push(
        `seed ${run.seed}: mean return went from ${first.toFixed(3)} to ${last.toFixed(3)}`,
      )
    const [high, low] = ends(run, 'agent/entropy')
    if (!(low < high - ENTROPY_DROP))
      complaints.push(`seed ${run.seed}: entropy from ${high.toFixed(3)} to ${low.toFixed(3)}`)
    const [before, after] = [rateOf(run.untrained, 'random'), rateOf(run.levels, 'random')]
    if (!(after > 1.5 * before))
      complaints.push(`seed ${run.seed}: held-out mazes solved from ${before} to ${after}`)
  }
  return complaints
}

function page(runs: readonly Trained[]): string {
  const names = runs[0].levels
    .map((level) => level.name)
    .filter((name) => !name.startsWith('random'))
  const percent = (value: number): string => `${(100 * value).toFixed(0)} %`
  const row = (title: string, name: string): string =>
    `| ${title} | ${percent(mean(runs.map((run) => rateOf(run.untrained, name))))} | ${runs
      .map((run) => percent(rateOf(run.levels, name)))
      .join(' | ')} |`
  const [before, after] = ['agent/return_mean', 'agent/entropy'].map((name) =>
    runs.map((run) => ends(run, name)),
  )
  const range = (pairs: readonly (readonly [number, number])[], which: 0 | 1): string =>
    pairs.map((pair) => pair[which].toFixed(3)).join(', ')
  return `# Domain randomisation, ${UPDATES} gradient updates

Profile \`minimax\`, its defaults (13 × 13, 60 wall draws, conv → LSTM 256, 32 × 256 steps, 5 epochs), ${SEEDS.length} seeds,
${UPDATES} gradient updates = ${((UPDATES * 32 * 256) / 1e6).toFixed(2)} M environment steps: one hundredth of the published budget.

\`\`\`sh
node build/tests/learning/maze-dr.js    # part of npm run test:slow
\`\`\`

Made by that command: ${provenance()}.

![Mean return of finished episodes](maze-dr-return.svg)
![Policy entropy](maze-dr-entropy.svg)

| | first ${WINDOW} updates | last ${WINDOW} updates |
|---|---|---|
| mean return, seeds ${SEEDS.join(', ')} | ${range(before, 0)} | ${range(before, 1)} |
| entropy (nats; uniform = 1.946), seeds ${SEEDS.join(', ')} | ${range(after, 0)} | ${range(after, 1)} |

Solved rate, 10 sampled episodes a level:

| level | untrained, mean | ${SEEDS.map((seed) => `seed ${seed}`).join(' | ')} |
|---|---|${SEEDS.map(() => '---|').join('')}
${names.map((name) => row(name.replace('maze/minimax-train/', ''), name)).join('\n')}
${row('100 held-out random mazes', 'random')}
`
}

const runs = SEEDS.map(trainDr)
mkdirSync(PAGE, { recursive: true })
writeFileSync(join(PAGE, 'maze-dr.md'), page(runs))
writeFileSync(
  join(PAGE, 'maze-dr-return.svg'),
  drawCurve(
    'mean return of finished episodes',
    'gradient updates',
    curveOf(runs, 'agent/return_mean'),
  ),
)
writeFileSync(
  join(PAGE, 'maze-dr-entropy.svg'),
  drawCurve('policy entropy, nats', 'gradient updates', curveOf(runs, 'agent/entropy')),
)
const complaints = check(runs)
for (const complaint of complaints) console.error(complaint)
console.log(complaints.length === 0 ? 'learning: every seed learned' : 'learning: FAILED')
process.exit(complaints.length === 0 ? 0 : 1)

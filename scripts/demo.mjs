// npm run demo: trains a student under Prioritized Level Replay on small mazes, then shows what it learned on mazes that no one trained on.
import './require-node.mjs'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stream } from '../dist/core/index.js'
import { bootstrapInterval, mean } from '../dist/evaluation/index.js'

const RECIPE = 'recipes/maze-plr-quick.yaml'
const GAIN = 0.3
const out = join('runs', `demo-${new Date().toISOString().slice(0, 19).replace(/[-:T]/g, '')}`)

console.log(`\nTraining on ${RECIPE} (about a minute on two cores)\n`)
const { status } = spawnSync(process.execPath, ['dist/cli/agon.js', 'run', RECIPE, '--out', out], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)

const { baseline, final } = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')).slots
  .agent
const heldOut = ({ levels }) => levels.filter(({ name }) => name.startsWith('random:100/'))
const published = ({ levels }) => levels.filter(({ name }) => name.startsWith('maze/'))
const percent = (value) => `${(100 * value).toFixed(1)} %`.padStart(8)
const summary = (measured, which) => {
  const rates = heldOut(measured).map((level) => level.solvedRate)
  const [low, high] = bootstrapInterval(rates, mean, stream('demo', which))
  return { rate: mean(rates), low, high, count: rates.length }
}
const before = summary(baseline, 'before')
const after = summary(final, 'after')
const line = (name, { rate, low, high }) =>
  console.log(
    `  ${name.padEnd(22)} ${percent(rate)}   95 % interval ${percent(low)} …${percent(high)}`,
  )

console.log(
  `\nSolved rate on ${after.count} held-out random mazes (${final.episodes} episodes each)`,
)
line('untrained student', before)
line('trained student', after)
console.log('\nThe published mazes (13 × 13, larger than anything it trained on)')
published(final).forEach(({ name, solvedRate }, i) => {
  const short = name.slice(name.lastIndexOf('/') + 1)
  console.log(
    `  ${short.padEnd(22)} ${percent(published(baseline)[i].solvedRate)} →${percent(solvedRate)}`,
  )
})
console.log(`\nReport: ${join(out, 'report.html')}\nPolicy: ${join(out, 'policy.onnx')}`)

if (after.rate - before.rate < GAIN || after.low <= before.high) {
  console.error(
    `\nThe student did not learn as it should: at least +${GAIN} with disjoint intervals was expected.`,
  )
  process.exit(1)
}

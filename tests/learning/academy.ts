import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stream } from 'agon/core'
import { aggregate } from 'agon/evaluation'
import { mean, PAGE, provenance, rateOf, type Trained, train } from './train.ts'

const SEEDS = [0, 1, 2]

/** A quick recipe on starts around a situation of football's academy. */
export interface Study {
  /** Of the recipe without `-quick.yaml`, of the page and of the program. */
  readonly name: string
  readonly title: string
  /** What is learned, as the beginning of a sentence. */
  readonly about: string
  /** Prefix of the held-out levels in the final evaluation. */
  readonly heldOut: string
  /** Another level of it, by its full name. */
  readonly own?: string
  /** By how much the share of goals on held-out starts must grow in each seed. */
  readonly gain: number
}

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`

/** Trains three seeds, writes docs/learning/<name>.md and ends the process: 1 where a seed learned too little. */
export function studyAcademy(of: Study): never {
  const runs = SEEDS.map((seed) => train(of.name, `${of.name}-quick.yaml`, seed))
  mkdirSync(PAGE, { recursive: true })
  writeFileSync(join(PAGE, `${of.name}.md`), page(of, runs))
  const gained = ({ levels, untrained }: Trained): number =>
    rateOf(levels, of.heldOut) - rateOf(untrained, of.heldOut)
  const flat = runs.filter((run) => gained(run) < of.gain)
  for (const { seed } of flat) console.error(`seed ${seed}: gained less than ${of.gain}`)
  console.log(`learning: ${of.name} ${flat.length === 0 ? 'learned' : 'FAILED'}`)
  process.exit(flat.length === 0 ? 0 : 1)
}

function page({ name, title, about, heldOut, own }: Study, runs: readonly Trained[]): string {
  const scores = runs.map(({ levels }) =>
    levels.filter((level) => level.name.startsWith(heldOut)).map((level) => level.solvedRate),
  )
  const { mean: rate, meanInterval } = aggregate(scores, (draw) => stream('football', draw))
  const before = (prefix: string): string =>
    percent(mean(runs.map(({ untrained }) => rateOf(untrained, prefix))))
  const after = (prefix: string): string =>
    percent(mean(runs.map(({ levels }) => rateOf(levels, prefix))))
  const last = runs.map(({ rows }) => rows[rows.length - 1])
  const interval = meanInterval.map(percent).join(' to ')
  const ownRow =
    own === undefined
      ? ''
      : `| ${own.split('/').at(-1)} itself, 4 episodes | ${before(own)} | ${after(own)} |\n`
  return `# ${title}

\`recipes/${name}-quick.yaml\`: ${about}, ${last[0].gradient_updates} gradient updates, ${(last[0].env_steps / 1e6).toPrecision(2)} M environment steps. Share of episodes that end with a
goal: mean of seeds ${SEEDS.join(', ')}, with the 95 % interval of a bootstrap over seeds within levels.

\`\`\`sh
node build/tests/learning/${name}.js    # part of npm run test:slow
\`\`\`

Made by that command: ${provenance()}.

| | untrained | trained |
|---|---|---|
| ${scores[0].length} held-out starts of the same kind, 4 episodes each | ${before(heldOut)} | **${percent(rate)}** (${interval}) |
${ownRow}`
}

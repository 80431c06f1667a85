import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { drawCurve } from './curve.ts'
import { type Compared, type Domain, measuredOf, studyPage } from './remidi/study.ts'
import { PAGE, ROOT, train } from './train.ts'

/**
 * ReMiDi beside robust PLR with perfect regret, each with the same cycles: does it keep improving on what can be learned, and
 * is it as good on what cannot? A line of JSON a run, and with `--page` docs/learning/remidi-<domain>.md and its picture. Runs stay
 * under runs/learning; one that was cut off goes on where it stood, one that is there is only read: each seed may be a
 * process of its own, and a last one with all seeds and `--page` compares them (exit code 1 where ReMiDi is not clearly above).
 */
const { values } = parseArgs({
  options: {
    domain: { type: 'string', default: 'tmaze' },
    algorithms: { type: 'string', default: 'remidi,robust-plr' },
    seeds: { type: 'string', default: '0,1,2,3,4' },
    cycles: { type: 'string', default: '2000' },
    workers: { type: 'string', default: '1' },
    /** The published sizes instead of the quick ones. */
    full: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
  },
})

/** What is set apart: by how the entries of its suites are called. */
const DOMAINS: Readonly<Record<string, Domain>> = {
  tmaze: { learnable: 'Maze', hidden: 'TMaze', suite: 'tmaze/mazes', told: ['mazes', 'T-mazes'] },
  blindfold: {
    learnable: 'Maze',
    hidden: 'Blindfolded',
    suite: 'blindfold/mazes',
    told: ['mazes', 'blindfolded mazes'],
  },
  lever: {
    learnable: 'Lever',
    hidden: 'Hidden',
    suite: 'lever/visible',
    told: ['visible levers', 'hidden levers'],
  },
}
/** Points of a curve. */
const MEASURED = 20
/** Of the cycles, what each buffer of ReMiDi but the last gets. */
const BUFFER_SHARE = 8

const name = values.domain
const domain = DOMAINS[name]
if (domain === undefined) throw new Error(`there is no domain '${name}'`)
const cycles = Number(values.cycles)
const size = values.full ? '' : '-quick'

/** The recipe is ReMiDi's; the others take its place in it, with as many levels as all its buffers hold. */
function settingsOf(algorithm: string): readonly string[] {
  const levels = name === 'lever' ? 32 : values.full ? 1024 : 128
  const adversary =
    algorithm === 'remidi'
      ? `adversary.cyclesPerBuffer=${Math.max(1, Math.floor(cycles / BUFFER_SHARE))}`
      : `adversary={id: ${algorithm}, profile: jaxued, score: perfect-regret, replayProbability: 0.8, temperature: 1, capacity: ${levels}}`
  return [
    adversary,
    `budget={cycles: ${cycles}}`,
    `workers=${values.workers}`,
    `evaluation.every=${Math.max(1, Math.floor(cycles / MEASURED))}`,
    'evaluation.episodes=5',
    'student.ppo.anneal=linear',
    `student.ppo.annealUpdates=${cycles}`,
    `cuts.every=${Math.max(1, Math.floor(cycles / MEASURED))}`,
  ]
}

function study(algorithm: string, seed: number): Compared {
  const run = `remidi-${name}${size}-${cycles}-${algorithm}`
  const trained = train(run, `${name}-remidi${size}.yaml`, seed, settingsOf(algorithm))
  const folder = join(ROOT, 'runs', 'learning', `${run}-${seed}`)
  const timings = readFileSync(join(folder, 'timings.jsonl'), 'utf8').trim().split('\n')
  const milliseconds = timings.map((line) => JSON.parse(line).cycle_ms ?? 0)
  const seconds = milliseconds.reduce((sum: number, one: number) => sum + one, 0) / 1000
  return { algorithm, ...measuredOf(domain, trained), seconds }
}

const seeds = values.seeds.split(',').map(Number)
const runs = values.algorithms
  .split(',')
  .flatMap((algorithm) => seeds.map((seed) => study(algorithm, seed)))
for (const run of runs) {
  const { levels: _, ...told } = run
  console.log(JSON.stringify({ domain: name, ...told }))
}
if (values.page) {
  mkdirSync(PAGE, { recursive: true })
  const { text, curve, verdicts } = studyPage(name, domain, cycles, values.full, runs)
  writeFileSync(join(PAGE, `remidi-${name}.md`), text)
  const title = `solved rate, ${domain.told[0]}`
  writeFileSync(join(PAGE, `remidi-${name}.svg`), drawCurve(title, 'measurements', curve))
  for (const { told } of verdicts) console.log(told)
  if (verdicts.some(({ apart }) => !apart)) process.exitCode = 1
}

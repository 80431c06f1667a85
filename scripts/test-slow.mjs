// npm run test:slow: what takes longer than CI should, and why it may wait. Ends with a line that says what ran; a skip
// is never silent. Here are: learning curves, benches and long games (minutes to hours each); Slurm's own clock, which
// counts in minutes, and hosts with links of their own (`npm test` sends the same signals by hand); what is alike in
// `npm test` and sampled there (tests/support/tiers.ts); its mutations and fault schedules, ten and more times as many.
import './require-node.mjs'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'agon-slow-'))
const program = (args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0
/** The native tests at their longest: true, false, or why they were skipped. */
const nativeSlow = () => {
  const counts = join(folder, 'native.json')
  if (!program(['native/build.mjs', 'slow', '--counts', counts])) return false
  const { passed, skipped } = JSON.parse(readFileSync(counts, 'utf8'))
  return passed.length > 0 || skipped.join(', ')
}
/** A program that exits with 77 where it cannot run: true, false, or why it was skipped. */
const unless = (why) => (args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  return status === 77 ? why : status === 0
}
const onGpu = unless('no GPU here')
const withWeights = unless('AGON_DATA names no folder with weights of TiZero')
const withPackages = unless('no Python with real packages')
/** A project of vitest, or some of its files: true, false, or why it was skipped. */
const project = (name, ...files) => {
  const output = join(folder, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`]
  const passed = program([
    ...['node_modules/vitest/vitest.mjs', 'run', '--project', name, ...files],
    ...reporters,
  ])
  const { numPendingTests, testResults } = JSON.parse(readFileSync(output, 'utf8'))
  if (!passed || numPendingTests === 0) return passed
  const [test] = testResults.flatMap((file) => file.assertionResults)
  return `${numPendingTests} tests: ${test.ancestorTitles.join(' ')}`
}

/** What `npm test` samples, whole, with ten times as many mutations. */
const whole = (name) => () => {
  Object.assign(process.env, { AGON_SLOW: '1', AGON_FUZZ: '10' })
  const outcome = project(name)
  delete process.env.AGON_SLOW
  delete process.env.AGON_FUZZ
  return outcome
}

const runs = [
  [
    'learning: DR, minimax defaults, 300 updates, three seeds',
    () => program(['build/tests/learning/maze-dr.js']),
  ],
  [
    'learning: every quick recipe, three seeds',
    () => program(['build/tests/learning/quick-recipes.js']),
  ],
  [
    'learning: builders with students who never change, three seeds',
    () => program(['build/tests/learning/builders.js']),
  ],
  [
    'learning: the quick football recipe, three seeds',
    () => program(['build/tests/learning/football-academy.js']),
  ],
  [
    'learning: three attackers of one student, three seeds',
    () => program(['build/tests/learning/football-academy-3v1.js']),
  ],
  [
    'learning: environments of Gymnasium, three seeds',
    () => withPackages(['build/tests/learning/gymnasium.js']),
  ],
  [
    'learning: agents of PettingZoo, curricula over hosted environments, three seeds',
    () => withPackages(['build/tests/learning/hosted.js']),
  ],
  [
    'learning: real Pong from pixels above 0, one seed',
    () => withPackages(['build/tests/learning/pong.js']),
  ],
  [
    'evidence: DR, PLR⊥, ACCEL and PAIRED on mazes, five seeds',
    () => program(['build/tests/learning/evidence.js', '--updates', '500']),
  ],
  ...[
    ['tmaze', '500'],
    ['lever', '1200'],
  ].map(([domain, cycles]) => [
    `evidence: ReMiDi above robust PLR with perfect regret, ${domain}, five seeds`,
    () =>
      program([
        ...['build/tests/learning/remidi.js', '--domain', domain],
        ...['--cycles', cycles, '--page'],
      ]),
  ]),
  [
    'evidence: SAMPLR, PLR⊥ and DR on the choice of fruit, five seeds',
    () => program(['build/tests/learning/fruit-choice.js']),
  ],
  [
    'stress: found levels are learned, three seeds',
    () => program(['build/tests/learning/stress-train.js']),
  ],
  [
    'stress: three searches for weaknesses of TiZero, three seeds',
    () => withWeights(['build/tests/learning/stress-football.js']),
  ],
  [
    'emitters at the size published for pyribs',
    () => program(['build/tests/learning/emitters.js']),
  ],
  ['Slurm: hosts with links of their own, time limits', () => project('slurm-slow')],
  ['Slurm: every loss and signal, a sweep that is killed', whole('slurm')],
  ['between processes: all kinds, all kills, ten times the mutations', whole('system')],
  ['football: bits of 1 000 games, 100 000 random levels', nativeSlow],
  [
    'football: 1 000 games on a GPU, the bits of the CPU',
    () => onGpu(['build/tests/football/device-bits.js']),
  ],
  ['bench', () => program(['build/tests/bench/main.js'])],
  [
    'faults between processes, 200 schedules',
    () => program(['build/tests/faults/main.js', '--schedules', '200']),
  ],
]
const failed = []
const skipped = []
for (const [name, run] of runs) {
  console.log(`\n== ${name}`)
  const outcome = run()
  if (outcome === false) failed.push(name)
  else if (outcome !== true) skipped.push(`${name} (${outcome})`)
}
rmSync(folder, { recursive: true })
for (const what of skipped) console.log(`skipped: ${what}`)
const passed = runs.length - failed.length - skipped.length
console.log(
  `\nagon slow: ${passed} of ${runs.length} passed, ${skipped.length} skipped` +
    (failed.length === 0 ? '' : ` — FAILED: ${failed.join('; ')}`),
)
process.exit(failed.length === 0 ? 0 : 1)

import { parseArgs } from 'node:util'
import { describe, makeSchedule, PLACED } from './schedule.ts'
import { calmRun, type Read, runTrial, type Trial } from './trial.ts'

// npm run test:faults: seeded schedules of faults between processes; each run must end with the bits of the undisturbed one.

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '20' },
    first: { type: 'string', default: '0' },
    parallel: { type: 'string', default: '2' },
  },
})

const calms = new Map<string, Read>()
const tally = { differed: 0, lost: 0, twice: 0, failed: 0, landed: 0, faults: 0, restarts: 0 }

function judge(name: string, calm: Read, trial: Trial): string[] {
  const faults: string[] = []
  const files = new Set([...Object.keys(calm.files), ...Object.keys(trial.files)])
  const differing = [...files].filter((file) => calm.files[file] !== trial.files[file])
  if (differing.length > 0) {
    tally.differed += 1
    faults.push(`differs in ${differing.join(', ')}`)
  }
  for (const [key, { digest }] of calm.outcomes) {
    const found = trial.outcomes.get(key)
    if (found?.digest !== digest) {
      tally.lost += 1
      faults.push(`the outcomes of cycle ${key} are not those of the undisturbed run`)
    }
  }
  for (const [key, { times }] of trial.outcomes)
    if (times > 1) {
      tally.twice += times - 1
      faults.push(`the outcomes of cycle ${key} were counted ${times} times`)
    }
  for (const [key, times] of trial.replies)
    if (times > 1) {
      tally.twice += times - 1
      faults.push(`the reply to ${key} was kept ${times} times: it was asked again`)
    }
  const unasked = [...calm.replies.keys()].filter((key) => !trial.replies.has(key))
  if (unasked.length > 0) faults.push(`nobody was asked ${unasked.join(', ')}`)
  for (const missed of trial.missed) faults.push(`did not land: ${missed}`)
  console.log(
    `${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}${faults.map((each) => `\n     ${each}`).join('')}`,
  )
  return faults
}

const counts = new Map<string, ReadonlyMap<string, number>>()
for (const placed of PLACED) {
  const calm = calms.get(placed.join()) ?? (await calmRun(placed))
  const trial = await runTrial(placed, [])
  counts.set(placed.join(), trial.counts)
  calms.set(placed.join(), calm)
  if (
    judge(`undisturbed, ${placed.join(' and ')} in processes of their own`, calm, trial).length > 0
  )
    tally.failed += 1
}

function calmOf(placed: readonly string[]): Read {
  const calm = calms.get(placed.join())
  if (calm === undefined) throw new Error(`there is no undisturbed run of ${placed.join()}`)
  return calm
}

const [first, schedules] = [Number(values.first), Number(values.schedules)]
let next = first

async function runSchedule(seed: number): Promise<void> {
  const { placed, faults } = makeSchedule(seed, (who) => counts.get(who.join()) ?? new Map())
  const name = `schedule ${seed}: ${faults.map(describe).join('; ')}`
  tally.faults += faults.length
  try {
    const trial = await runTrial(placed, faults)
    tally.landed += faults.length - trial.missed.length
    tally.restarts += trial.restarts
    if (judge(`${name} (went back ${trial.restarts} times)`, calmOf(placed), trial).length > 0)
      tally.failed += 1
  } catch (error) {
    tally.failed += 1
    console.log(`FAIL ${name}\n     ${(error as Error).message}`)
  }
}

await Promise.all(
  Array.from({ length: Number(values.parallel) }, async () => {
    while (next < first + schedules) await runSchedule(next++)
  }),
)
console.log(
  `\nfaults: ${schedules} schedules run, faults landed: ${tally.landed} of ${tally.faults}, ` +
    `went back to a cut: ${tally.restarts} times, runs whose bits differed: ${tally.differed}, ` +
    `outcomes lost: ${tally.lost}, counted twice: ${tally.twice}`,
)
console.log(`faults: ${schedules + PLACED.length - tally.failed} passed, ${tally.failed} failed`)
process.exit(tally.failed === 0 ? 0 : 1)

import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { benchCuda } from './cuda.bench.ts'
import { benchEncoders } from './encoders.bench.ts'
import { benchEnv } from './env.bench.ts'
import { benchFootball } from './football.bench.ts'
import { benchHosted } from './hosted.bench.ts'
import { benchLearner } from './learner.bench.ts'
import { benchRacing } from './racing.bench.ts'
import { benchRainbow } from './rainbow.bench.ts'
import { type BenchRow, verdict } from './row.ts'
import { benchRun } from './run.bench.ts'
import { benchStress } from './stress.bench.ts'
import { benchUed } from './ued.bench.ts'
import { benchWalker } from './walker.bench.ts'
import { benchWire } from './wire.bench.ts'

interface BenchOptions {
  /** Small sizes where a part has them: whether all of it works, not what it costs. */
  readonly brief: boolean
  /** Of `ued` and `hosted`: rows whose names contain one of these; all where there are none. */
  readonly only: readonly string[]
}

/**
 * `npm run bench [-- --json] [-- --quick] [-- cuda env football hosted learner racing rainbow run stress ued walker wire]`: a table against the bars. Exit
 * code 1 when one is missed. `--brief` is another word for `--quick`. `npm run bench -- ued --only PAIRED --only 'walker: DR'` measures
 * the rows whose names contain one of these, and what stands beside them.
 */
const PARTS: Readonly<Record<string, (options: BenchOptions) => BenchRow[] | Promise<BenchRow[]>>> =
  {
    cuda: benchCuda,
    env: benchEnv,
    football: benchFootball,
    hosted: benchHosted,
    learner: async () => [...(await benchLearner()), ...(await benchEncoders())],
    racing: benchRacing,
    rainbow: benchRainbow,
    run: benchRun,
    stress: benchStress,
    ued: benchUed,
    walker: benchWalker,
    wire: benchWire,
  }

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    brief: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
  },
  allowPositionals: true,
})
const names = positionals.length === 0 ? Object.keys(PARTS) : positionals
const unknown = names.find((name) => PARTS[name] === undefined)
if (unknown !== undefined) {
  console.error(`there is no bench '${unknown}'; there are ${Object.keys(PARTS).join(', ')}`)
  process.exit(2)
}

if (values.only.length > 0 && names.some((name) => name !== 'ued' && name !== 'hosted')) {
  console.error(
    '--only chooses among the rows of ued and hosted: npm run bench -- ued --only PAIRED',
  )
  process.exit(2)
}

const processors = cpus()
const machine = `${processors.length} × ${processors[0]?.model.trim()}, Node ${process.versions.node}`
if (!values.json) console.log(`${machine}\n`)
let missed = 0
let skipped = 0
for (const name of names) {
  for (const row of await PARTS[name]({ brief: values.brief || values.quick, only: values.only })) {
    const judged = verdict(row)
    if (judged === 'missed') missed += 1
    if (judged === 'skipped') skipped += 1
    if (values.json) console.log(JSON.stringify({ bench: name, machine, ...row, verdict: judged }))
    else console.log(format(row, judged))
  }
}
if (!values.json) {
  const outcome =
    missed === 0 ? 'every bar is met' : `${missed} ${missed === 1 ? 'bar' : 'bars'} missed`
  console.log(
    `\n${outcome}${skipped === 0 ? '' : `, ${skipped} ${skipped === 1 ? 'row' : 'rows'} skipped`}`,
  )
}
process.exit(missed === 0 ? 0 : 1)

function format(row: BenchRow, judged: string): string {
  if (row.skipped !== undefined) return `${row.name.padEnd(52)} skipped: ${row.skipped}`
  const value = row.value.toLocaleString('en', { maximumSignificantDigits: 4 })
  const bar =
    row.bar !== undefined ? `≥ ${row.bar}` : row.limit !== undefined ? `≤ ${row.limit}` : ''
  return `${row.name.padEnd(78)} ${value.padStart(12)} ${row.unit.padEnd(14)} ${bar.padEnd(12)} ${judged}`
}

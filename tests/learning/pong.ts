import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { drawCurve } from './curve.ts'
import { PAGE, provenance, ROOT } from './train.ts'

/**
 * Pong from pixels, one seed, over many games at once: tests/learning/hosted/pong.yaml. Where the folder holds a run already, it goes on,
 * so that the hours may be cut: Ctrl-C, or `--seconds` in one go. With `--end`, and at the budget, whole games are played at the end, and
 * docs/learning/pong.md and its curve are written; the mean return has to be above 0.
 * `--set` is handed on to the run. Ends with 77 where there is no Python with the real packages.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(ROOT, 'runs/learning/pong-0') },
    python: { type: 'string' },
    seconds: { type: 'string', default: '0' },
    workers: { type: 'string' },
    /** That each of the vector environments steps its games in. */
    threads: { type: 'string', default: '4' },
    size: { type: 'string', default: '64' },
    set: { type: 'string', multiple: true, default: [] },
    end: { type: 'boolean', default: false },
  },
})
const out = resolve(values.out)
const CLI = join(ROOT, 'dist/cli/agon.js')
const CONFIG = join(ROOT, 'tests/learning/hosted/pong.yaml')
const EVERY_MS = 15_000

type Row = Readonly<Record<string, number>>

function rowsOf(file: string): Row[] {
  const path = join(out, file)
  if (!existsSync(path)) return []
  // The last line may be half written.
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  return lines.map((line): Row => JSON.parse(line))
}

const games = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + row['agent/episodes'], 0)

/** Of the games that ended in these cycles. */
function meanOf(rows: readonly Row[]): number {
  const weighed = rows.reduce(
    (sum, row) => sum + (row['agent/return_mean'] ?? 0) * row['agent/episodes'],
    0,
  )
  return weighed / games(rows)
}

const SEALED = /^evaluation\/[^/]+\/mean_return$/
const sealedOf = (row: Row): number | undefined =>
  Object.entries(row).find(([key]) => SEALED.test(key))?.[1]

/** Says at intervals how far the run is, until it is told that it ended. */
async function watch(ended: Promise<number>): Promise<number> {
  let told = rowsOf('metrics.jsonl').length
  let at = performance.now()
  for (;;) {
    const code = await Promise.race([ended, sleep(EVERY_MS)])
    const rows = rowsOf('metrics.jsonl')
    const news = rows.slice(told)
    const now = performance.now()
    if (news.length > 0) {
      const steps = news[news.length - 1].env_steps - (rows[told - 1]?.env_steps ?? 0)
      const sealed = rows.map(sealedOf).findLast((value) => value !== undefined)
      const parts = [
        `${news[news.length - 1].env_steps} steps`,
        `${((1000 * steps) / (now - at)).toFixed(0)} steps/s`,
        ...(games(news) === 0 ? [] : [`${games(news)} games of ${meanOf(news).toFixed(2)}`]),
        `entropy ${news[news.length - 1]['agent/entropy'].toFixed(3)}`,
        ...(sealed === undefined ? [] : [`sealed ${sealed.toFixed(2)}`]),
      ]
      console.log(parts.join(' · '))
      told = rows.length
      at = now
    }
    if (typeof code === 'number') return code
  }
}

/** `agon` with these arguments; interrupted after so many seconds, when it makes a cut and stops. */
function agon(args: readonly string[], seconds: number): Promise<number> {
  const run = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  const stop = seconds > 0 ? setTimeout(() => run.kill('SIGINT'), 1000 * seconds) : undefined
  process.once('SIGINT', () => run.kill('SIGINT'))
  return watch(
    new Promise((done) =>
      run.once('close', (code) => {
        clearTimeout(stop)
        done(code ?? 1)
      }),
    ),
  )
}

function writePage(): number {
  const { baseline, final } = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')).slots
    .agent
  const rows = rowsOf('metrics.jsonl')
  const steps = rows[rows.length - 1].env_steps
  const seconds = rowsOf('timings.jsonl').reduce((sum, row) => sum + row.cycle_ms, 0) / 1000
  const returns = rows.filter((row) => row['agent/episodes'] > 0)
  /** The last fifty games: no fixed number of cycles, since long games end seldom. */
  const lately = (last: number): Row[] => {
    let first = last
    while (first > 0 && games(returns.slice(first, last + 1)) < 50) first--
    return returns.slice(first, last + 1)
  }
  const above = (bar: number): string => {
    const first = returns.findIndex((_, i) => games(lately(i)) >= 50 && meanOf(lately(i)) > bar)
    return first === -1 ? 'never' : `at ${returns[first].env_steps} steps`
  }
  const series = [{ label: 'games', values: returns.map((row) => row['agent/return_mean']) }]
  writeFileSync(join(PAGE, 'pong.svg'), drawCurve('Pong from pixels', 'cycle', series))
  const said = [
    `${steps} environment steps of four frames, ${(steps / seconds).toFixed(0)} a second in cycles: ${(seconds / 60).toFixed(0)} minutes.`,
    `The mean return of the last fifty games was first above −10 ${above(-10)}, above 0 ${above(0)}, above 10 ${above(10)}.`,
    `Mean return of ${final.episodes * final.levels.length} whole games with sampled actions: ${baseline.meanReturn.toFixed(2)} untrained, ${final.meanReturn.toFixed(2)} trained.`,
  ]
  writeFileSync(
    join(PAGE, 'pong.md'),
    `# Pong from pixels

ale-py's own vector environment, hosted in Python, under the built-in student: \`tests/learning/hosted/pong.yaml\`, seed 0. The
published sizes with eight games at a time are in \`recipes/pong.yaml\`.

\`\`\`sh
node build/tests/learning/pong.js
\`\`\`

Made by that command: ${provenance().replace(', two workers', '')}.

${said.map((line) => `- ${line}`).join('\n')}

![mean return of the games that ended, by cycle](pong.svg)
`,
  )
  console.log(said.join('\n'))
  return final.meanReturn
}

// Scripts are not compiled: from build/tests/learning.
const { realPython }: typeof import('../../scripts/real-python.mjs') = await import(
  new URL('../../../scripts/real-python.mjs', import.meta.url).href
)
const interpreter = values.python ?? realPython()
if (interpreter === null) process.exit(77)
mkdirSync(dirname(out), { recursive: true })
const rendezvous = `${out}-host.json`
rmSync(rendezvous, { force: true })
const host = spawn(
  interpreter,
  [
    join(ROOT, 'clients/python/examples/atari_vector_environment.py'),
    ...['pong', '--rendezvous', rendezvous, '--threads', values.threads, '--size', values.size],
  ],
  {
    env: { ...process.env, PYTHONPATH: join(ROOT, 'clients/python') },
    stdio: ['ignore', 'ignore', 'inherit'],
  },
)
process.once('exit', () => host.kill('SIGTERM'))
while (!existsSync(rendezvous)) {
  if (host.exitCode !== null) throw new Error(`the host of Pong ended with ${host.exitCode}`)
  await sleep(100)
}

const workers = values.workers === undefined ? [] : ['--set', `workers=${values.workers}`]
const finished = (): boolean => existsSync(join(out, 'evaluation.json'))
const begun = existsSync(join(out, 'manifest.json'))
const settings = [`env={remote: ${rendezvous}}`, ...values.set].flatMap((one) => ['--set', one])
const args = begun
  ? ['resume', out, ...workers]
  : ['run', CONFIG, '--out', out, ...settings, ...workers]
if (!finished()) {
  const code = await agon(args, Number(values.seconds))
  if (code !== 0 && !begun && rowsOf('metrics.jsonl').length === 0) process.exit(code)
}
// The clock of a run is over after one second: a last cycle, then the games at the end.
if (values.end && !finished()) await agon(['resume', out, '--set', 'budget.seconds=1'], 0)
process.exit(!finished() || writePage() > 0 ? 0 : 1)

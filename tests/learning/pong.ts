import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PAGE, provenance, ROOT, train } from './train.ts'

/**
 * Real Pong by its recipe, one seed: the mean return of whole games is above 0 at the end. Hours: a rate is in the page that it
 * writes, docs/learning/pong.md. Another budget: AGON_PONG_STEPS, which is at least what a change of the code is measured by; the
 * bound holds from the recipe's own on. Exits with 77 where there is no Python with the real packages.
 */
const WHOLE = 10_000_000
const SEED = 0

// Scripts are not compiled: from build/tests/learning.
const { realPython }: typeof import('../../scripts/real-python.mjs') = await import(
  new URL('../../../scripts/real-python.mjs', import.meta.url).href
)
const interpreter = realPython()
if (interpreter === null) process.exit(77)
const steps = Number(process.env.AGON_PONG_STEPS ?? WHOLE)
const folder = mkdtempSync(join(tmpdir(), 'agon-pong-'))
const rendezvous = join(folder, 'pong.json')
const client = join(ROOT, 'clients/python')
const host = spawn(
  interpreter,
  [join(client, 'examples/atari_environment.py'), 'Pong', '--rendezvous', rendezvous],
  { env: { ...process.env, PYTHONPATH: client }, stdio: ['ignore', 'ignore', 'inherit'] },
)
process.once('exit', () => {
  host.kill('SIGTERM')
  rmSync(folder, { recursive: true })
})
while (!existsSync(rendezvous)) {
  if (host.exitCode !== null) throw new Error(`the host of Pong ended with ${host.exitCode}`)
  await sleep(100)
}

const { rows } = train('pong', 'pong.yaml', SEED, [
  `env={remote: ${rendezvous}}`,
  `budget={envSteps: ${steps}}`,
])
const out = join(ROOT, 'runs/learning', `pong-${SEED}`)
const { baseline, final } = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')).slots
  .agent
const timings = readFileSync(join(out, 'timings.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): Readonly<Record<string, number>> => JSON.parse(line))
const seconds = timings.reduce((sum, row) => sum + row.cycle_ms, 0) / 1000
const rate = (rows.length * 1024) / seconds
const said = [
  `${rows.length * 1024} environment steps of four frames, ${rate.toFixed(0)} a second in cycles: ${(seconds / 3600).toFixed(2)} hours.`,
  `At that rate the recipe's ${WHOLE} take ${(WHOLE / rate / 3600).toFixed(1)} hours.`,
  `Mean return of ten whole games: ${baseline.meanReturn} untrained, ${final.meanReturn} trained.`,
]
console.log(said.join('\n'))
if (steps < WHOLE) process.exit(0)
writeFileSync(
  join(PAGE, 'pong.md'),
  `# Pong from pixels\n\n${provenance()}\n\n\`recipes/pong.yaml\`, seed ${SEED}.\n\n${said.map((line) => `- ${line}`).join('\n')}\n`,
)
process.exit(final.meanReturn > 0 ? 0 : 1)

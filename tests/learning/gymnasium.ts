import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { drawCurve } from './curve.ts'
import { STUDIES, type Study } from './gymnasium-studies.ts'
import { mean, outcomeOf, PAGE, provenance, ROOT, type Trained, train } from './train.ts'

/**
 * Registered environments of Gymnasium under the built-in student, three seeds each, by name or all of them:
 * `gymnasium.js [--seed <n>] [<name>…]`. Writes docs/learning/gymnasium-<name>.md and its curve; with `--seed` it only
 * trains. Ends with 77 where the real packages are not.
 */
const SEEDS = [0, 1, 2]
/** A run keeps two workers and its host busy. */
const CORES_OF_A_RUN = 3

const returnOf = ({ levels }: Trained): number => mean(levels.map((level) => level.meanReturn))
const runName = (name: string): string => `gymnasium-${name}`

/** Trains one seed on an environment that is hosted for as long as that takes. */
async function trainHosted(python: string, name: string, seed: number): Promise<void> {
  const folder = join(ROOT, 'runs', 'learning')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}-${seed}.json`)
  rmSync(file, { force: true })
  const client = join(ROOT, 'clients/python')
  const args = [join(client, 'examples/gym_environment.py'), STUDIES[name].id, '--rendezvous', file]
  const host = spawn(python, args, {
    env: { ...process.env, PYTHONPATH: client },
    stdio: 'inherit',
  })
  try {
    while (!existsSync(file)) {
      if (host.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${host.exitCode}`)
      await sleep(50)
    }
    const recipe = `../tests/learning/gymnasium/${name}.yaml`
    train(runName(name), recipe, seed, [`env.remote=${file}`])
  } finally {
    host.kill('SIGTERM')
  }
}

/** The seeds of a study, each in a process of its own, as many at once as there are cores for. */
async function trainSeeds(name: string): Promise<void> {
  const waiting = [...SEEDS]
  const worker = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const args = [fileURLToPath(import.meta.url), '--seed', String(seed), name]
      const child = spawn(process.execPath, args, { stdio: 'inherit' })
      const code = await new Promise((resolve) => child.on('close', resolve))
      if (code !== 0) throw new Error(`${name}, seed ${seed}, ended with ${code}`)
    }
  }
  const atOnce = Math.max(1, Math.floor(availableParallelism() / CORES_OF_A_RUN))
  await Promise.all(Array.from({ length: Math.min(atOnce, SEEDS.length) }, worker))
}

function page(name: string, study: Study, runs: readonly Trained[]): string {
  const rows = runs.map((run) => {
    const { env_steps: steps } = run.rows[run.rows.length - 1]
    const first = run.rows.find((row) => row['agent/return_mean'] >= study.bar)?.env_steps
    return `| ${run.seed} | ${steps} | ${first ?? '–'} | ${returnOf(run).toFixed(3)} |`
  })
  return `# ${study.title}

\`${study.id}\` of Gymnasium, hosted in Python, under the built-in student: \`tests/learning/gymnasium/${name}.yaml\`. Mean return of sealed
episodes with sampled actions after training, and when the mean of a cycle's episodes first reached ${study.bar}: ${study.why}.

\`\`\`sh
node build/tests/learning/gymnasium.js ${name}    # part of npm run test:slow
\`\`\`

Made by that command: ${provenance()}.

| seed | env steps | first at ${study.bar} | trained |
|---|---|---|---|
${rows.join('\n')}

![mean return of the episodes that ended, by cycle](gymnasium-${name}.svg)
`
}

/** Trains a study's seeds and writes its page: what fell short of the bar. */
async function study(name: string): Promise<string[]> {
  const of = STUDIES[name]
  await trainSeeds(name)
  const runs = SEEDS.map((seed) => outcomeOf(runName(name), seed))
  const series = runs.map(({ seed, rows }) => ({
    label: `seed ${seed}`,
    values: rows.flatMap((row) => row['agent/return_mean'] ?? []),
  }))
  writeFileSync(join(PAGE, `gymnasium-${name}.svg`), drawCurve(of.title, 'cycle', series))
  writeFileSync(join(PAGE, `gymnasium-${name}.md`), page(name, of, runs))
  return runs
    .filter((run) => returnOf(run) < of.bar)
    .map((run) => `${name}, seed ${run.seed}: ${returnOf(run).toFixed(3)}, below ${of.bar}`)
}

// The scripts are no part of what is built.
const { realPython } = await import(pathToFileURL(join(ROOT, 'scripts/real-python.mjs')).href)
const python: string | null = realPython()
if (python === null) {
  console.log('learning: no Python with real packages: npm run real-python')
  process.exit(77)
}
const [flag, ...rest] = process.argv.slice(2)
if (flag === '--seed') {
  for (const name of rest.slice(1)) await trainHosted(python, name, Number(rest[0]))
  process.exit(0)
}
const asked = process.argv.slice(2)
const failed: string[] = []
for (const name of asked.length > 0 ? asked : Object.keys(STUDIES))
  failed.push(...(await study(name)))
for (const complaint of failed) console.error(complaint)
console.log(failed.length === 0 ? 'learning: Gymnasium learned' : 'learning: FAILED')
process.exit(failed.length === 0 ? 0 : 1)

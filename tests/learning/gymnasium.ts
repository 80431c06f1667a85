import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { drawCurve } from './curve.ts'
import { mean, PAGE, provenance, ROOT, type Trained, train } from './train.ts'

/**
 * Registered environments of Gymnasium under the built-in student, three seeds each, by name or all of them. Writes
 * docs/learning/gymnasium-<name>.md and its curve; ends with 77 where the real packages are not.
 */
interface Study {
  readonly id: string
  readonly title: string
  /** Mean return of sealed episodes after training that each seed has to reach. */
  readonly bar: number
}

const STUDIES: Readonly<Record<string, Study>> = {
  cartpole: { id: 'CartPole-v1', title: 'CartPole', bar: 475 },
}
const SEEDS = [0, 1, 2]

const returnOf = ({ levels }: Trained): number => mean(levels.map((level) => level.meanReturn))

/** Hosts the environment for as long as `use` takes. */
async function hosted(python: string, name: string, use: (file: string) => void): Promise<void> {
  const folder = join(ROOT, 'runs', 'learning')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}.json`)
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
    use(file)
  } finally {
    host.kill('SIGTERM')
  }
}

function page(name: string, { id, title, bar }: Study, runs: readonly Trained[]): string {
  const rows = runs.map((run) => {
    const { env_steps: steps } = run.rows[run.rows.length - 1]
    const first = run.rows.find((row) => row['agent/return_mean'] >= bar)?.env_steps
    return `| ${run.seed} | ${steps} | ${first ?? '–'} | ${returnOf(run).toFixed(3)} |`
  })
  return `# ${title}

\`${id}\` of Gymnasium, hosted in Python, under the built-in student: \`tests/learning/gymnasium/${name}.yaml\`. Mean return of sealed
episodes with sampled actions after training, and when the mean of a cycle's episodes first reached ${bar}.

\`\`\`sh
node build/tests/learning/gymnasium.js ${name}    # part of npm run test:slow
\`\`\`

Made by that command: ${provenance()}.

| seed | env steps | first at ${bar} | trained |
|---|---|---|---|
${rows.join('\n')}

![return by cycle](gymnasium-${name}.svg)
`
}

// The scripts are no part of what is built.
const { realPython } = await import(pathToFileURL(join(ROOT, 'scripts/real-python.mjs')).href)
const python: string | null = realPython()
if (python === null) {
  console.log('learning: no Python with real packages: npm run real-python')
  process.exit(77)
}
const asked = process.argv.slice(2)
const failed: string[] = []
for (const name of asked.length > 0 ? asked : Object.keys(STUDIES)) {
  const study = STUDIES[name]
  const runs: Trained[] = []
  await hosted(python, name, (file) => {
    for (const seed of SEEDS)
      runs.push(
        train(`gymnasium-${name}`, `../tests/learning/gymnasium/${name}.yaml`, seed, [
          `env.remote=${file}`,
        ]),
      )
  })
  const series = runs.map(({ seed, rows }) => ({
    label: `seed ${seed}`,
    values: rows.flatMap((row) => row['agent/return_mean'] ?? []),
  }))
  writeFileSync(join(PAGE, `gymnasium-${name}.svg`), drawCurve(study.title, 'cycle', series))
  writeFileSync(join(PAGE, `gymnasium-${name}.md`), page(name, study, runs))
  for (const run of runs)
    if (returnOf(run) < study.bar)
      failed.push(`${name}, seed ${run.seed}: ${returnOf(run).toFixed(3)}, below ${study.bar}`)
}
for (const complaint of failed) console.error(complaint)
console.log(failed.length === 0 ? 'learning: Gymnasium learned' : 'learning: FAILED')
process.exit(failed.length === 0 ? 0 : 1)

import { STUDIES, type Study } from './gymnasium-studies.ts'
import { asked, conclude, studySeeds, whileHosted } from './hosted-seeds.ts'
import { mean, provenance, type Trained, train } from './train.ts'

/**
 * Registered environments of Gymnasium under the built-in student, three seeds each, by name or all of them:
 * `gymnasium.js [--seed <n>] [<name>…]`. Writes docs/learning/gymnasium-<name>.md and its curve; with `--seed` it only
 * trains. Ends with 77 where the real packages are not.
 */
const returnOf = ({ levels }: Trained): number => mean(levels.map((level) => level.meanReturn))
const runName = (name: string): string => `gymnasium-${name}`

/** Trains one seed on an environment that is hosted for as long as that takes. */
const trainOne = (python: string, name: string, seed: number): Promise<void> => {
  const host = ['clients/python/examples/gym_environment.py', STUDIES[name].id]
  return whileHosted(python, `${runName(name)}-${seed}-host`, host, (file) => {
    train(runName(name), `../tests/learning/gymnasium/${name}.yaml`, seed, [`env.remote=${file}`])
  })
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

/** What fell short of the bar. */
function study(name: string): Promise<string[]> {
  const of = STUDIES[name]
  return studySeeds(import.meta.url, name, {
    runName: runName(name),
    title: of.title,
    bar: of.bar,
    score: returnOf,
    page: (runs) => page(name, of, runs),
  })
}

const { python, names, seed } = await asked(Object.keys(STUDIES))
if (seed !== null) {
  for (const name of names) await trainOne(python, name, seed)
  process.exit(0)
}
const failed: string[] = []
for (const name of names) failed.push(...(await study(name)))
conclude('Gymnasium', failed)

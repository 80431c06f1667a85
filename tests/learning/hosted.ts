import { groupMean, STUDIES, type Study } from './hosted/studies.ts'
import { asked, conclude, studySeeds, whileHosted } from './hosted-seeds.ts'
import { mean, provenance, type Trained, train } from './train.ts'

/**
 * Environments that scripts of the repository host, three seeds each: agents of PettingZoo, and curricula over levels of
 * Gymnasium. `hosted.js [--seed <n>] [--steps <n>] [--python <path>] [<name>…]`, by name or all but the long ones. Writes docs/learning/hosted-<name>.md
 * and its curve; with `--seed` it only trains, and says what it came to. `--steps` is another budget of environment steps. Ends with 77 where the
 * real packages are not.
 */
const runName = (name: string): string => `hosted-${name}`

/** Trains one seed on an environment that is hosted for as long as that takes. */
const trainOne = (python: string, name: string, seed: number): Promise<void> => {
  const of = STUDIES[name]
  const budget = steps === null ? [] : [`budget={envSteps: ${steps}}`]
  return whileHosted(python, `${runName(name)}-${seed}-host`, of.host, (file) => {
    const run = train(runName(name), of.recipe, seed, [
      `env.remote=${file}`,
      ...of.settings,
      ...budget,
    ])
    console.log(`${name}, seed ${seed}: ${trained(run, of).toFixed(2)}, of ${of.bar ?? 'no bar'}`)
  })
}

const trained = (run: Trained, study: Study): number =>
  mean(study.groups.map((group) => groupMean(run.levels, study, group)))

function page(name: string, study: Study, runs: readonly Trained[]): string {
  const cells = (run: Trained): string[] =>
    study.groups.flatMap((group) =>
      [run.untrained, run.levels].map((levels) => groupMean(levels, study, group).toFixed(2)),
    )
  const heads = study.groups.flatMap((group) =>
    ['untrained', 'trained'].map((when) => (group === '' ? when : `${group}, ${when}`)),
  )
  const rows = runs.map((run) => {
    const { env_steps: steps } = run.rows[run.rows.length - 1]
    return `| ${[run.seed, steps, ...cells(run)].join(' | ')} |`
  })
  return `# ${study.title}

${study.about}

\`\`\`sh
node build/tests/learning/hosted.js ${name}${STUDIES[name].long ? '' : '    # part of npm run test:slow'}
\`\`\`

Made by that command: ${provenance()}.${study.bar === undefined ? ' It has no bar.' : ''}

| ${['seed', 'env steps', ...heads].join(' | ')} |
|${'---|'.repeat(heads.length + 2)}
${rows.join('\n')}

![return by cycle](hosted-${name}.svg)
`
}

/** What fell short of the bar. */
function study(name: string): Promise<string[]> {
  const of = STUDIES[name]
  return studySeeds(import.meta.url, name, {
    runName: runName(name),
    title: of.title,
    ...(of.bar === undefined ? {} : { bar: of.bar }),
    score: (run) => trained(run, of),
    page: (runs) => page(name, of, runs),
  })
}

const usual = Object.keys(STUDIES).filter((name) => !STUDIES[name].long)
const { python, names, seed, steps } = await asked(Object.keys(STUDIES), usual)
if (seed !== null) {
  for (const name of names) await trainOne(python, name, seed)
  process.exit(0)
}
const failed: string[] = []
for (const name of names) failed.push(...(await study(name)))
conclude('hosted environments', failed)

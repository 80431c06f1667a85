import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { writePolicyFile } from 'agon/inference'
import { importPolicy, WEAKNESSES } from 'agon/play'
import { drawCurve } from './curve.ts'
import { bestElites, freshFigures, freshGames } from './stress/best-levels.ts'
import { emitterRows } from './stress/emitter-rows.ts'
import { archiveOf, REFERENCES } from './stress/grids.ts'
import { heatMaps } from './stress/heat-map.ts'
import { type Figures, tables } from './stress/page.ts'
import { playAll } from './stress/play-all.ts'
import { gamesOf, randomRows, readRecorded } from './stress/random-levels.ts'
import { historyOf, isFinished, METHODS, type Method, playSearches } from './stress/searches.ts'
import { shiftedGames, shiftedRows } from './stress/shifted-levels.ts'
import { mean, provenance, ROOT } from './train.ts'

/**
 * The study of docs/stress/tizero.md, with the weights and recordings that `AGON_DATA` names: what the recorded random levels are worth here;
 * MADRID, targeted and random search at equal evaluations; the best levels played again.
 * `stress-football.js [--seeds N] [--budget EVALUATIONS] [--methods madrid,targeted,random] [--against one|all] [--envs TASKS] [--levels REPEATS] [--best N] [--repeats N] [--shifted N]
 * [--jobs N] [--workers N] [--seconds N] [--page] [--out DIR]`. The same command again goes on with what is not finished; after `--seconds` everything under way is kept
 * and the tables tell of what there is (exit code 3). With a smaller budget than a search has got to, its first cycles are told of. `--page` writes docs/stress/tizero.md with its pictures as well.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    budget: { type: 'string', default: '2400' },
    methods: { type: 'string', default: METHODS.join() },
    against: { type: 'string', default: 'one' },
    envs: { type: 'string', default: '256' },
    levels: { type: 'string', default: '16' },
    best: { type: 'string', default: '50' },
    repeats: { type: 'string', default: '32' },
    shifted: { type: 'string', default: '32' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    workers: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '1000000' },
    page: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
})
const data = process.env.AGON_DATA
if (data === undefined || !existsSync(join(data, 'tizero'))) {
  console.error('Skipped: AGON_DATA names no folder with tizero/.')
  process.exit(77)
}
const out = resolve(values.out ?? join(ROOT, 'runs', 'learning', 'stress-football'))
const [jobs, until] = [Number(values.jobs), Date.now() + 1000 * Number(values.seconds)]
const methods = METHODS.filter((method) => values.methods.split(',').includes(method))
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1)
const [against, envs] = [values.against === 'all' ? 'all' : 'one', Number(values.envs)] as const
/** Four games of cross-play for each reference that a candidate meets, and four of self-play. */
const candidates = Math.floor(envs / (against === 'all' ? 16 : 8))
const perCycle = candidates * (against === 'all' ? REFERENCES.length : 1)
const cycles = Math.ceil(Number(values.budget) / perCycle)
mkdirSync(out, { recursive: true })

const files = {
  target: join(data, 'tizero/tizero.onnx'),
  passer: join(data, 'tizero/reference-policies/defensive_passer.onnx'),
}
const policies = {
  target: join(out, 'policies/tizero.onnx'),
  passer: join(out, 'policies/defensive_passer.onnx'),
}
mkdirSync(join(out, 'policies'), { recursive: true })
for (const name of ['target', 'passer'] as const)
  writePolicyFile(policies[name], await importPolicy(readFileSync(files[name])))

const recorded = readRecorded(join(data, 'grf/madrid_random_levels.json'))
const levels = gamesOf(recorded, Number(values.levels))
const onLevels = await playAll({
  ...{ games: levels, policies: files, jobs, until },
  file: join(out, `levels-${values.levels}.json`),
})
const runs = methods.flatMap((method) =>
  seeds.map((seed) => ({ method, seed, dir: join(out, `${method}-${seed}`) })),
)
await playSearches({
  runs,
  policies,
  cycles,
  against,
  envs,
  jobs,
  workers: Number(values.workers),
  until,
})
const unfinished = runs.filter((run) => !isFinished(run, cycles))
const historiesOf = (method: Method) =>
  runs
    .flatMap((run) =>
      run.method === method ? [historyOf(run).filter(({ cycle }) => cycle <= cycles)] : [],
    )
    .filter((h) => h.length > 0)

async function bestOf(): Promise<Figures['best']> {
  const [count, repeats] = [Number(values.best), Number(values.repeats)]
  if (unfinished.some(({ method }) => method === 'madrid') || count === 0) return undefined
  const elites = bestElites(historiesOf('madrid'), count)
  if (elites.length === 0) return undefined
  const played = await playAll({
    ...{ games: freshGames(elites, repeats), policies: files, jobs, until },
    file: join(out, `best-${cycles}-${count}-${repeats}.json`),
  })
  return played === undefined ? undefined : freshFigures(elites, repeats, played)
}

/** Games of each of the best levels at each shift, of cross-play and of self-play. */
const SHIFTED_REPEATS = 8

/** How near another level has to be to share a weakness. */
async function shiftedOf(): Promise<Figures['shifted']> {
  const elites = bestElites(historiesOf('madrid'), Number(values.shifted))
  if (unfinished.some(({ method }) => method === 'madrid') || elites.length === 0) return undefined
  const played = await playAll({
    ...{ games: shiftedGames(elites, SHIFTED_REPEATS), policies: files, jobs, until },
    file: join(out, `shifted-${cycles}-${elites.length}-${SHIFTED_REPEATS}.json`),
  })
  return played === undefined
    ? undefined
    : {
        ...{ levels: elites.length, repeats: SHIFTED_REPEATS },
        rows: shiftedRows(elites.length, SHIFTED_REPEATS, played),
      }
}

const best = await bestOf()
const shifted = await shiftedOf()
const archives = Object.fromEntries(
  METHODS.map((method) => [method, historiesOf(method).map(archiveOf)]),
) as unknown as Figures['archives']
const figures: Figures = {
  random: onLevels === undefined ? undefined : randomRows(recorded, levels, onLevels),
  ...{ archives, best, shifted, emitters: emitterRows(historiesOf('madrid')) },
  unfinished: unfinished.map(({ method, seed }) => `${method} seed ${seed}`),
}
const text = tables(figures, WEAKNESSES)
writeFileSync(join(out, 'tables.md'), text)
writeFileSync(
  join(out, 'figures.json'),
  `${JSON.stringify({ ...figures, cycles, against }, null, 1)}\n`,
)
console.log(text)

/** Means of the seeds, as far as all of them got. */
const series = methods.flatMap((method) => {
  const curves = archives[method].map((of) => (method === 'random' ? of.plain : of.curve))
  const length = Math.min(...curves.map((curve) => curve.length))
  return curves.length === 0 || length < 2
    ? []
    : [
        {
          label: method,
          values: Array.from({ length }, (_, i) => mean(curves.map((curve) => curve[i]))),
        },
      ]
})
const pictures: [string, string][] = []
if (series.length > 0)
  pictures.push([
    'tizero-regret.svg',
    drawCurve('mean regret of the archive', 'times 48 evaluations', series),
  ])
if (historiesOf('madrid').length > 0)
  pictures.push(['tizero-heat.svg', heatMaps(historiesOf('madrid'))])
for (const [file, svg] of pictures) writeFileSync(join(out, file), svg)
if (values.page) {
  const folder = join(ROOT, 'docs/stress')
  mkdirSync(folder, { recursive: true })
  for (const [file, svg] of pictures) writeFileSync(join(folder, file), svg)
  writeFileSync(join(folder, 'tizero.md'), page())
}

function page(): string {
  const command = `node build/tests/learning/stress-football.js --seeds ${seeds.length} --budget ${values.budget} --against ${against} --page`
  const shown = pictures.map(([file]) => `![${file.slice(0, -4)}](${file})`).join('\n\n')
  return `# TiZero under stress

Where TiZero, the released eleven-a-side actor, does worse against a reference than against itself: levels of 128 steps from any places of players and ball, as
[MADRID](../algorithms/madrid.md) searches them. References: the built-in AI at 0.95 (\`hard\`) and 0.5 (\`medium\`), and \`defensive_passer\` of GRF MARL. One evaluation is four
games of cross-play and four of self-play. Means of ${seeds.length} seeds ± standard error.

\`\`\`sh
AGON_DATA=… ${command}
\`\`\`

Made by that command: ${provenance(`${jobs} jobs`)}.

${text}
${shown}
`
}

process.exit(unfinished.length > 0 || onLevels === undefined ? 3 : 0)

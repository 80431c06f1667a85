import { join } from 'node:path'
import { REFERENCE } from '../../adversaries/grid/axes.ts'
import { stream } from '../../core/random.ts'
import type { Environment } from '../../envs/contract.ts'
import { frozenOptions } from '../../learners/frozen/options.ts'
import type { WeaknessesFile } from '../../play/weaknesses/weaknesses-file.ts'
import { WEAKNESSES_FILE } from '../../play/weaknesses/weaknesses-file.ts'
import { archiveOf } from '../../run/archive/archive-of.ts'
import { searchesOf } from '../../run/archive/search-of-run.ts'
import { rowsOf } from '../../run/archive/write-archive.ts'
import type { RunConfig } from '../../run/contract.ts'
import { replaceFile } from '../../run/durable-file.ts'
import type { HistoryRow } from '../../run/history/contract.ts'
import { loadPolicies } from '../../run/named-policies.ts'
import { partsOf, stageFolder } from '../../run/stages/stage-files.ts'
import { openPolicies } from '../../seats/open-policies.ts'
import type { WatchedGames } from './watch-football.ts'

/** Games on the best levels, looked through for weaknesses. */
type Watcher = (games: WatchedGames) => Promise<WeaknessesFile | null>

/** Environments whose games have classes of weakness. */
const WATCHERS: Readonly<Record<string, () => Promise<Watcher>>> = {
  football: async () => (await import('./watch-football.ts')).watchFootball,
}

/** Of the best levels, each once: seconds of a search that took minutes at least. */
const WATCHED = 50

/**
 * Has the policy that a search tested play on the best levels that were found, and writes beside them what weaknesses it showed. Nothing
 * is done where policies have learned since, or where the environment has no classes of weakness.
 * @throws AgonError `policy/*`, `play/*`, `run/write`
 */
export async function watchBest(dir: string, config: RunConfig): Promise<void> {
  const parts = config.stages === undefined ? [config] : partsOf(config)
  for (const search of await searchesOf(dir, config)) {
    const part = parts[config.stages?.findIndex(({ name }) => name === search.stage) ?? 0]
    const target = targetOf(part)
    const watcher = Object.hasOwn(WATCHERS, part.env.id) ? WATCHERS[part.env.id] : undefined
    if (target === null || watcher === undefined) continue
    const { rows } = archiveOf(search.spec, rowsOf(dir, search))
    const best = rows
      .toSorted((a, b) => (b.objective ?? 0) - (a.objective ?? 0))
      .slice(0, WATCHED)
      .filter(isSeated)
    const file = await watch(part, search.environment, best, await watcher())
    const folder = search.stage === undefined ? '' : stageFolder(search.stage)
    if (file !== null) replaceFile(join(dir, folder, WEAKNESSES_FILE), `${JSON.stringify(file)}\n`)
  }
}

/** The policy's name, where it stayed as it was. */
function targetOf({ students }: RunConfig): string | null {
  const all = Object.values(students)
  const [{ id, options }] = all
  return all.length === 1 && id === 'frozen' ? frozenOptions.parse(options).policy : null
}

/** Whether somebody else played against it. */
const isSeated = ({ descriptor, tasks }: HistoryRow): boolean =>
  typeof descriptor[REFERENCE] === 'string' && tasks.some(({ seating }) => seating !== undefined)

async function watch(
  config: RunConfig,
  environment: Environment<unknown>,
  rows: readonly HistoryRow[],
  watcher: Watcher,
): Promise<WeaknessesFile | null> {
  const policies = (await loadPolicies(config, environment, new Set())) ?? {}
  const target = targetOf(config)
  if (target === null || rows.length === 0) return null
  if (Object.values(policies).some(({ kind }) => kind === 'slot')) return null
  const open = openPolicies(environment, policies)
  try {
    return await watcher({
      ...{ policies, target, open },
      games: rows.map(({ id, level, descriptor, tasks }) => {
        const { seed, seating = {} } = tasks.find((task) => task.seating !== undefined)!
        return {
          ...{ level: environment.levels.decode(level), seating },
          ...{ title: `${id} against ${descriptor[REFERENCE]}` },
          dynamics: stream(seed, 'dynamics'),
          seed,
        }
      }),
    })
  } finally {
    await open.close()
  }
}

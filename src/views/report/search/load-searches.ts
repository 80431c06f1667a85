import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { toErrorRecord } from '../../../core/errors.ts'
import type { LevelSpace } from '../../../envs/contract.ts'
import { loadDefinition } from '../../../run/config/index.ts'
import type { RunConfig } from '../../../run/contract.ts'
import type { HistoryRow } from '../../../run/history/contract.ts'
import { HISTORY_FILE } from '../../../run/history/history-log.ts'
import { readHistory } from '../../../run/history/history-reader.ts'
import { stageFolder } from '../../../run/stages/stage-files.ts'
import { besideOwnRandom, besideRun } from './compare-search.ts'
import type { SearchData } from './contract.ts'
import { backdropsOf, drawElites } from './draw-elites.ts'
import { foldSearch } from './fold-search.ts'
import { readRetests } from './read-retests.ts'
import { readWeaknesses } from './read-weaknesses.ts'

type Part = Pick<RunConfig, 'env' | 'adversary'> & { readonly name?: string }

/**
 * What each adversary of a run found that kept a grid. What cannot be read is noted.
 * @param random directory of a run of random levels to set beside it; absent: those among its own attempts
 */
export async function loadSearches(
  dir: string,
  config: RunConfig,
  notes: string[],
  random?: string,
): Promise<readonly SearchData[]> {
  if (!existsSync(join(dir, HISTORY_FILE))) return []
  const searches: SearchData[] = []
  for (const part of (config.stages ?? [config]) as readonly Part[]) {
    try {
      const found = await loadSearch(dir, part, config.stages !== undefined, notes, random)
      if (found !== null) searches.push(found)
    } catch (error) {
      const { message, place } = toErrorRecord(error)
      notes.push(`${place ?? HISTORY_FILE}: ${message}. The search is left out.`)
    }
  }
  return searches
}

async function loadSearch(
  dir: string,
  { env, adversary, name }: Part,
  staged: boolean,
  notes: string[],
  random?: string,
): Promise<SearchData | null> {
  const definition = await loadDefinition('adversary', adversary.module)
  const spec = definition.grid?.(adversary.options) ?? null
  if (spec === null) return null
  const stage = staged ? name : undefined
  const rows: HistoryRow[] = []
  for (const row of readHistory(dir)) if (row.stage === stage) rows.push(row)
  const found = foldSearch(spec, rows)
  const space = await spaceOf(env, notes)
  const folder = stage === undefined ? '' : `${stageFolder(stage)}/`
  const fileOf = (id: string): string | undefined => {
    const file = `${folder}archive/levels/${id.replace(/[^A-Za-z0-9_-]/g, '_')}.txt`
    return existsSync(join(dir, file)) ? file : undefined
  }
  return {
    ...(stage === undefined ? {} : { stage }),
    ...{ spec, found },
    elites: drawElites(found.elites, space, fileOf, notes),
    backdrops: backdropsOf(spec.axes, space),
    beside:
      random === undefined
        ? besideOwnRandom(spec, rows)
        : besideRun(spec, rows, random, [...readHistory(random)]),
    retests: await readRetests(join(dir, folder), spec.axes, notes),
    weaknesses: await readWeaknesses(join(dir, folder), notes),
  }
}

async function spaceOf(
  { module, options }: Part['env'],
  notes: string[],
): Promise<LevelSpace<unknown> | null> {
  try {
    return (await loadDefinition('environment', module)).create(options).levels
  } catch (error) {
    notes.push(`The levels of the search cannot be drawn here: ${toErrorRecord(error).message}.`)
    return null
  }
}

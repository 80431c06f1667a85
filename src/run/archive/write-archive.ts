import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Environment } from '../../envs/contract.ts'
import type { RunConfig } from '../contract.ts'
import { removeLeft, syncDirectory, writeFailed, writeSynced } from '../durable-file.ts'
import type { HistoryRow } from '../history/contract.ts'
import { readHistory } from '../history/history-reader.ts'
import { stageFolder } from '../stages/stage-files.ts'
import { archiveOf, type FoundArchive } from './archive-of.ts'
import { foreignFiles } from './foreign-files.ts'
import { type RunSearch, searchesOf } from './search-of-run.ts'

export const ARCHIVE_FOLDER = 'archive'

/**
 * Writes `archive/` of a run that has searched levels, `stages/<stage>/archive` of each stage that did. The same history gives
 * the same bytes.
 * @returns the folders
 * @throws AgonError `run/metrics-damaged`, `run/write`, `level/corrupt`
 */
export async function writeArchives(dir: string, config: RunConfig): Promise<readonly string[]> {
  const searches = await searchesOf(dir, config)
  return searches.map((search) => {
    const folder = archiveFolder(dir, search)
    writeArchive(folder, archiveOf(search.spec, rowsOf(dir, search)), search.environment)
    return folder
  })
}

export const archiveFolder = (dir: string, { stage }: Pick<RunSearch, 'stage'>): string =>
  join(dir, stage === undefined ? '' : stageFolder(stage), ARCHIVE_FOLDER)

/** The history of one search. */
export function* rowsOf(
  dir: string,
  { stage }: Pick<RunSearch, 'stage'>,
): Generator<HistoryRow, void> {
  for (const row of readHistory(dir)) if (row.stage === stage) yield row
}

/** Aside first: who looks sees the archive that was there or the one that is, never a part. */
function writeArchive(
  folder: string,
  { file, rows }: FoundArchive,
  { levels }: Environment<unknown>,
): void {
  const [aside, before] = [`${folder}.tmp`, `${folder}.before.tmp`]
  try {
    for (const left of [aside, before]) rmSync(left, { recursive: true, force: true })
    mkdirSync(join(aside, 'levels'), { recursive: true })
    for (const [i, { level }] of rows.entries()) {
      const text = levels.format(levels.decode(level))
      writeFileSync(join(aside, file.elites[i].level), text.endsWith('\n') ? text : `${text}\n`)
    }
    for (const { path, text } of foreignFiles(rows, levels)) {
      mkdirSync(dirname(join(aside, path)), { recursive: true })
      writeFileSync(join(aside, path), text)
    }
    writeSynced(join(aside, 'archive.json'), `${JSON.stringify(file, null, 1)}\n`)
    if (existsSync(folder)) renameSync(folder, before)
    renameSync(aside, folder)
    removeLeft(before, true)
    syncDirectory(dirname(folder))
  } catch (cause) {
    removeLeft(aside, true)
    throw writeFailed(folder, cause)
  }
}

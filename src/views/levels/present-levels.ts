import { join } from 'node:path'
import { AgonError, toErrorRecord } from '../../core/errors.ts'
import { loadConfig } from '../../run/config/index.ts'
import type { LevelQuery, LevelSelection } from './contract.ts'
import { exportLevels, writeTable } from './export-levels.ts'
import { levelRecord, selectionCsv, selectionLines } from './format-levels.ts'
import { environmentOf, levelTexts } from './level-texts.ts'
import { selectLevels } from './select-levels.ts'

/** Levels of a run as people, programs and files have them. */
export interface PresentedLevels {
  readonly selection: LevelSelection
  lines(columns: number): string[]
  /** What they are, and one record a level. */
  json(): readonly Readonly<Record<string, unknown>>[]
  /** @throws AgonError `levels/form`, `levels/unwritable`, and what the environment cannot be made for */
  export(folder: string): string[]
  /** @throws AgonError `levels/unwritable` */
  writeCsv(path: string): void
}

/** @throws AgonError `run/not-a-run`, and what `selectLevels` throws */
export async function presentLevels(dir: string, query: LevelQuery): Promise<PresentedLevels> {
  const config = await loadConfig(join(dir, 'config.yaml')).catch((cause) => {
    if (cause instanceof AgonError && cause.code === 'config/missing')
      throw new AgonError('run/not-a-run', 'there is no config.yaml in this directory', {
        place: dir,
        remedy: 'give the directory of a run; `agon ls` lists runs',
        cause,
      })
    throw cause
  })
  const archives = (config.stages ?? []).map(({ name, from }) => [name, from?.archive] as const)
  const chosen = selectLevels(dir, query, Object.fromEntries(archives))
  const environment = await environmentOf(config, chosen.stage).then(
    (made) => ({ made, error: null }),
    (error: unknown) => ({ made: null, error }),
  )
  const { texts, problem } =
    environment.made === null
      ? { texts: [], problem: toErrorRecord(environment.error).message }
      : levelTexts(environment.made, chosen.levels)
  const notes = [
    ...chosen.notes,
    ...(problem === null ? [] : [`Levels cannot be told as text: ${problem}.`]),
  ]
  const selection = { ...chosen, notes }
  return {
    selection,
    lines: (columns) => selectionLines(selection, texts, columns),
    json() {
      const { levels, ...facts } = selection
      return [
        { kind: 'levels', ...facts },
        ...levels.map((level, i) => {
          const { kind, ...record } = levelRecord(level, i, texts[i])
          return { kind: 'level', is: kind, ...record }
        }),
      ]
    },
    export(folder) {
      if (environment.made === null) throw environment.error
      return exportLevels(folder, selection, environment.made)
    },
    writeCsv: (path) => writeTable(path, selectionCsv(selection)),
  }
}

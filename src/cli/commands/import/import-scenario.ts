import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { AgonError } from '../../../core/errors.ts'
import { readScenario } from '../../../envs/football/scenario-file/read-scenario.ts'
import { formatLevel } from '../../../envs/football/text/format-level.ts'
import type { ImportedScenario } from './services.ts'

/** `dir/academy_mine.py` says `academy_mine`, as the reference calls it. */
export const scenarioName = (file: string): string => basename(file).replace(/\.py$/i, '')

/** @throws AgonError `level/scenario` with file, line and column, `level/missing`, `level/unwritable` */
export async function importScenario(file: string, path: string): Promise<ImportedScenario> {
  const { levels, notes } = placed(file, await readSource(file))
  const text = levels.map(({ name, level }) => formatLevel(level, name)).join('\n')
  try {
    await writeFile(
      path,
      `// From ${basename(file)}, a scenario of Google Research Football.\n${text}`,
    )
  } catch (cause) {
    throw new AgonError('level/unwritable', (cause as Error).message, {
      place: path,
      remedy: 'choose another file with --out',
      cause,
    })
  }
  return { levels: levels.map(({ name }) => name), notes }
}

function placed(file: string, source: string): ReturnType<typeof readScenario> {
  try {
    return readScenario(source, scenarioName(file))
  } catch (error) {
    if (!(error instanceof AgonError)) throw error
    const { code, message, remedy, place } = error
    throw new AgonError(code, message, {
      place: `${file}:${place ?? ''}`,
      ...(remedy === undefined ? {} : { remedy }),
      cause: error,
    })
  }
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new AgonError(
      'level/missing',
      `the scenario cannot be read: ${(cause as Error).message}`,
      {
        place: file,
        cause,
      },
    )
  }
}

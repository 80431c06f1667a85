import { dirname, join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { systemRemedy } from '../../core/system-errors.ts'
import type { Environment, LevelSpace } from '../../envs/contract.ts'
import { readLevels } from '../../evaluation/levels-file.ts'
import { replaceFile } from '../../run/durable-file.ts'
import { makeFolders } from '../../run/make-folders.ts'
import type { LevelSelection, SelectedLevel } from './contract.ts'
import { levelRecord } from './format-levels.ts'

/** Every level in one file, one file for each, and what is told of them. */
const ALL = 'levels.txt'
const TOLD = 'levels.json'

/**
 * Writes levels as files that `agon eval --levels` and `agon play --level` take, and in the form of another program where there is one. What is written has been read back: it gives the
 * same levels under the same names.
 * @returns the paths, the file with all levels first
 * @throws AgonError `levels/form` where the environment's text form cannot hold a level in a file, `levels/unwritable`
 */
export function exportLevels(
  folder: string,
  { levels, ...selection }: LevelSelection,
  { levels: space }: Environment<unknown>,
): string[] {
  const named = levels.map((level, i) => ({ name: fileName(level, i), level }))
  if (named.length === 0) return []
  const files: (readonly [name: string, text: string])[] = [
    [ALL, textOf(named, space)],
    ...named.map((one) => [`${one.name}.txt`, textOf([one], space)] as const),
  ]
  const told = levels.map((level, i) => ({
    name: named[i].name,
    ...levelRecord(level, i, null),
  }))
  files.push(...foreignFiles(named, space))
  files.push([TOLD, `${JSON.stringify({ ...selection, levels: told }, null, 2)}\n`])
  return files.map(([name, text]) => write(folder, name, text))
}

/** In a folder of their own, for the other program that plays these levels. */
function foreignFiles(
  named: readonly Named[],
  space: LevelSpace<unknown>,
): (readonly [name: string, text: string])[] {
  const { foreign } = space
  if (foreign === undefined) return []
  return named.map(({ name, level }) => {
    const file = foreign.file(space.decode(level.level), name)
    return [`${foreign.folder}/${file.name}`, file.text]
  })
}

interface Named {
  readonly name: string
  readonly level: SelectedLevel
}

/** `01-L123`: in their order, and fit for every file system. */
const fileName = ({ name }: SelectedLevel, index: number): string =>
  `${String(index + 1).padStart(2, '0')}-${name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 80)}`

/** How a form may name a level: with a title, with a header of its own, or not at all. */
const FORMS: readonly ((name: string, text: string) => string)[] = [
  (name, text) => `# ${name}\n${text}`,
  (name, text) => `name: ${name}\n${text}`,
]

function textOf(named: readonly Named[], space: LevelSpace<unknown>): string {
  const texts = named.map(({ level }) => space.format(space.decode(level.level)).trimEnd())
  const candidates = FORMS.map(
    (form) => `${named.map(({ name }, i) => form(name, texts[i])).join('\n\n')}\n`,
  )
  // One level may stand alone under whatever name its file gives it.
  if (named.length === 1) candidates.push(`${texts[0]}\n`)
  let failure: unknown
  for (const [i, text] of candidates.entries()) {
    try {
      if (givesBack(readLevels(text, space), named, i < FORMS.length)) return text
    } catch (error) {
      failure = error
    }
  }
  throw new AgonError('levels/form', 'these levels cannot be written as a file of levels', {
    place: named[0].name,
    remedy:
      'the environment’s text form must give a level back where files of levels are read; --json has the canonical bytes',
    cause: failure,
  })
}

function givesBack(
  read: Readonly<Record<string, Uint8Array>>,
  named: readonly Named[],
  byName: boolean,
): boolean {
  const found = Object.entries(read)
  return (
    found.length === named.length &&
    named.every(({ name, level }, i) => {
      const [foundName, bytes] = found[i]
      return (!byName || foundName === name) && Buffer.from(bytes).equals(level.level)
    })
  )
}

function write(folder: string, name: string, text: string): string {
  const path = join(folder, name)
  try {
    makeFolders(dirname(path))
    replaceFile(path, text)
    return path
  } catch (cause) {
    throw unwritable(path, cause)
  }
}

/** Writes a table over what stands there. @throws AgonError `levels/unwritable` */
export function writeTable(path: string, text: string): void {
  try {
    replaceFile(path, text)
  } catch (cause) {
    throw unwritable(path, cause)
  }
}

function unwritable(path: string, cause: unknown): AgonError {
  const system = (cause as Error).cause ?? cause
  return new AgonError(
    'levels/unwritable',
    `this file cannot be written: ${(system as Error).message}`,
    {
      place: path,
      remedy: systemRemedy(system) ?? 'name a folder that can be written',
      cause,
    },
  )
}

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AgonError } from '../../../core/errors.ts'
import { suggestion } from '../../../core/nearest.ts'

/** Beside `src` and `dist`, as they come with the package. */
const TEMPLATES = fileURLToPath(new URL('../../../../templates/', import.meta.url))
const CLIENT = fileURLToPath(new URL('../../../../clients/python/', import.meta.url))

export interface MadeFolder {
  /** With the folder before them. */
  readonly files: readonly string[]
  /** What to type, line by line. */
  readonly next: readonly string[]
}

/**
 * Copies a template into a folder of its own.
 * @throws AgonError `init/template`, `init/exists`
 */
export function makeFolder({
  template,
  folder,
}: {
  readonly template: string
  readonly folder: string
}): MadeFolder {
  const known = readdirSync(TEMPLATES).sort()
  if (!known.includes(template))
    throw new AgonError('init/template', `there is no template '${template}'`, {
      remedy: suggestion(template, known),
    })
  checkFree(folder)
  const from = join(TEMPLATES, template)
  mkdirSync(folder, { recursive: true })
  cpSync(from, folder, { recursive: true, errorOnExist: true, force: false })
  const files = readdirSync(from).sort()
  return {
    files: files.map((name) => join(folder, name)),
    next: [
      ...(folder === '.' ? [] : [`cd ${quoted(folder)}`]),
      ...(template === 'python-env'
        ? [`pip install ${quoted(relative(process.cwd(), CLIENT) || '.')}`]
        : []),
      ...commandsOf(join(from, 'README.md')),
    ],
  }
}

/** @throws AgonError `init/exists` */
function checkFree(folder: string): void {
  if (!existsSync(folder)) return
  if (statSync(folder).isDirectory() && readdirSync(folder).length === 0) return
  throw new AgonError('init/exists', 'there is something here already', {
    place: folder,
    remedy: 'name a folder that is empty or not there',
  })
}

/** The lines of its first block of commands. */
function commandsOf(readme: string): string[] {
  const [, block = ''] = readFileSync(readme, 'utf8').split(/```(?:sh\n)?/)
  return block.trim().split('\n')
}

/** A path as a shell takes it. */
const quoted = (path: string): string =>
  /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`

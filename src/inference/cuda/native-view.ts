import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../core/bytes.ts'

/**
 * A folder in which files from several places stand beside each other, as links. ONNX Runtime looks for its providers
 * beside its own library, in whatever folder that was opened from: so nothing has to be written into `node_modules`.
 *
 * The folder is named by what it shows, made aside and renamed: it is there as a whole or not at all, whoever else
 * makes the same one.
 * @param parent made where it is not there
 */
export function nativeView(parent: string, links: Readonly<Record<string, string>>): string {
  const view = join(parent, digest(JSON.stringify(links)))
  if (shows(view, links)) return view
  mkdirSync(parent, { recursive: true })
  const aside = mkdtempSync(join(parent, '.making-'))
  try {
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(aside, name))
    replaceFolder(aside, view, () => shows(view, links))
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
  return view
}

/** A file named by its content, written in the same manner. */
export function namedFile(parent: string, extension: string, content: Uint8Array): string {
  const path = join(parent, `${digest(content)}${extension}`)
  if (existsSync(path)) return path
  mkdirSync(parent, { recursive: true })
  const aside = mkdtempSync(join(parent, '.making-'))
  try {
    writeFileSync(join(aside, 'file'), content)
    renameSync(join(aside, 'file'), path)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
  return path
}

/** Puts a folder in the place of another. Somebody else may do so at the same time, and `done` says that it was them. */
export function replaceFolder(aside: string, place: string, done: () => boolean): void {
  rmSync(place, { recursive: true, force: true })
  try {
    renameSync(aside, place)
  } catch (error) {
    if (!done()) throw error
  }
}

function shows(view: string, links: Readonly<Record<string, string>>): boolean {
  try {
    return Object.entries(links).every(
      ([name, target]) => readlinkSync(join(view, name)) === target,
    )
  } catch {
    return false
  }
}

const digest = (content: Uint8Array | string): string =>
  sha256(typeof content === 'string' ? Buffer.from(content) : content).slice(0, 16)

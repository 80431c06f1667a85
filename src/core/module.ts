import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brokenModule } from './broken-module.ts'
import { nameModule } from './error-origin.ts'
import { AgonError } from './errors.ts'
import { transpiledBy } from './source-positions.ts'
import { untilSettled } from './until-settled.ts'

/** A module named by its URL: plain data, so it can cross to a worker thread that then imports it itself. */
export type ModuleUrl = string

/**
 * Imports a module by URL. TypeScript files of users go through jiti, because Node 20 strips no types.
 * @throws AgonError `module/missing`, `module/broken` with the place in the source, `module/unsettled`
 */
export async function loadModule(url: ModuleUrl): Promise<Record<string, unknown>> {
  const path = filePath(url)
  if (!existsSync(path))
    throw new AgonError('module/missing', `there is no file ${path}`, {
      remedy: 'give a path relative to the config file',
    })
  nameModule(path)
  try {
    return await untilSettled(path, /\.[mc]?ts$/.test(url) ? transpiled(url, path) : import(url))
  } catch (cause) {
    if (cause instanceof AgonError) throw cause
    throw await brokenModule(path, cause)
  }
}

async function transpiled(url: ModuleUrl, path: string): Promise<Record<string, unknown>> {
  const { createJiti } = await import('jiti')
  const forPositions = createJiti(url, { sourceMaps: true, fsCache: false })
  transpiledBy((filename, source) =>
    forPositions.transform({ filename, source, ts: true, async: true }),
  )
  return await createJiti(url).import(path)
}

function filePath(url: ModuleUrl): string {
  try {
    return fileURLToPath(url)
  } catch (cause) {
    throw new AgonError('module/missing', `'${url}' is not the URL of a file`, {
      remedy: "make one with import.meta.resolve('agon/envs/maze') or pathToFileURL(path).href",
      cause,
    })
  }
}

/**
 * One export of a module.
 * @throws AgonError `module/missing`, `module/broken`, `module/export`
 */
export async function loadExport<T>(url: ModuleUrl, name: string): Promise<T> {
  const exported = (await loadModule(url))[name]
  if (exported === undefined || exported === null)
    throw new AgonError('module/export', `the module exports no \`${name}\``, {
      place: url,
      remedy: `add to it: export const ${name} = { id, options, create }`,
    })
  return exported as T
}

/**
 * The URL of a compiled sibling. Worker entries and modules named by URL always come from the build output, also when
 * the caller itself runs from `src/` (unit tests).
 */
export function builtUrl(importMetaUrl: string, relative: string): ModuleUrl {
  const url = new URL(relative, importMetaUrl)
  if (importMetaUrl.endsWith('.ts')) {
    const { pathname } = url
    const at = pathname.lastIndexOf('/src/')
    url.pathname = `${pathname.slice(0, at)}/dist/${pathname.slice(at + 5)}`
  }
  url.pathname = url.pathname.replace(/\.ts$/, '.js')
  return url.href
}

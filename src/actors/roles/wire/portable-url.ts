import { builtUrl, type ModuleUrl } from '../../../core/module.ts'

/**
 * Modules of Agon itself lie elsewhere on every machine: they cross as `agon:<path>`. Modules of users cross as they are, so
 * they must lie at the same path everywhere, as on a shared file system.
 */
const SCHEME = 'agon:'
const ROOT = builtUrl(import.meta.url, '../../../')

export function portableUrl(url: ModuleUrl): string {
  return url.startsWith(ROOT) ? `${SCHEME}${url.slice(ROOT.length)}` : url
}

export function resolvedUrl(url: string): ModuleUrl {
  return url.startsWith(SCHEME) ? `${ROOT}${url.slice(SCHEME.length)}` : url
}

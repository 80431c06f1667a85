import { fileURLToPath } from 'node:url'
import { builtUrl } from '../core/module.ts'

/** Later versions of Node can be told not to open a debugger at SIGUSR1 from their first moment on. */
const NO_DEBUGGER = '--disable-sigusr1'

/** The words of a command line that is this Agon: the interpreter, its options, and the program. */
export function agonCommand(): readonly [string, ...string[]] {
  const options = process.allowedNodeEnvironmentFlags.has(NO_DEBUGGER) ? [NO_DEBUGGER] : []
  return [process.execPath, ...options, fileURLToPath(builtUrl(import.meta.url, '../cli/agon.js'))]
}

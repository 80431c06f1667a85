import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { types } from 'node:util'
import { type Frame, framesOf, syntaxPlace, withSourcePositions } from './stack-frames.ts'

/** What crosses to another process is bounded; the innermost frames stand at the top and are kept. */
const MOST_STACK = 4000
const MOST_ORIGIN = 500
const MOST_CAUSES = 8
const MOST_HEADER = 1000

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const OWN = [`${ROOT}dist`, `${ROOT}src`]
const PACKAGES = /[\\/]node_modules[\\/]/

/** Folders of modules that a config named, which may lie in an installed package. */
const named = new Set<string>()

/** Told of every module that is loaded by name, so that its frames are known as the user's. */
export function nameModule(path: string): void {
  if (!isOwn(path)) named.add(dirname(path))
}

/** Code that neither Agon nor what it depends on brought: what the user wrote, or named in a config. */
function isUsers(path: string): boolean {
  if (isOwn(path)) return false
  if (!PACKAGES.test(path)) return true
  return [...named].some(
    (folder) => within(path, folder) && !PACKAGES.test(path.slice(folder.length)),
  )
}

const isOwn = (path: string): boolean => OWN.some((own) => within(path, own))
const within = (path: string, folder: string): boolean =>
  path.startsWith(folder) && /[\\/]/.test(path[folder.length])

export const isError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error || types.isNativeError(thrown)

/** The innermost frame of the user's own code in the stack of `thrown` or of what caused it: `path:line:column in function`. */
export function originOf(thrown: unknown): string | undefined {
  for (const error of causes(thrown)) {
    const stack = ownStack(error)
    const unread = error instanceof SyntaxError ? syntaxPlace(stack) : null
    if (unread !== null && isUsers(unread)) return unread.slice(0, MOST_ORIGIN)
    for (const frame of framesOf(stack)) {
      if (isUsers(frame.path)) return textOf(frame)
    }
  }
  return undefined
}

/** The place of the throw itself, where a user's own code did it rather than what that code called. */
export function thrownBy(error: Error): string | undefined {
  const [innermost] = framesOf(ownStack(error))
  return innermost === undefined || !isUsers(innermost.path) ? undefined : textOf(innermost)
}

function textOf({ path, line, column, function: name }: Frame): string {
  const place = `${path}:${line}:${column}`
  return (name === '' ? place : `${place} in ${name}`).slice(0, MOST_ORIGIN)
}

/** The stack of `thrown` and of its causes as text; undefined for what is no error. */
export function stackOf(thrown: unknown): string | undefined {
  if (!isError(thrown)) return undefined
  const text = [...causes(thrown)]
    .map((error) => withSourcePositions(ownStack(error)))
    .join('\ncaused by ')
  return text.length <= MOST_STACK
    ? text
    : `${text.slice(0, MOST_STACK)}\n    … ${text.length - MOST_STACK} characters more`
}

/** `thrown`, its causes and what it gathers, outermost first; a chain may be a ring. */
function* causes(thrown: unknown): Generator<Error> {
  const waiting = [thrown]
  for (let told = 0; waiting.length > 0 && told < MOST_CAUSES; ) {
    const error = waiting.shift()
    if (!isError(error)) continue
    yield error
    told += 1
    waiting.push(error.cause)
    if (error instanceof AggregateError) waiting.push(...error.errors.slice(0, MOST_CAUSES))
  }
}

/** A module may have put anything in the place of a stack, or an essay before its frames. */
function ownStack(error: Error): string {
  try {
    const { stack } = error
    if (typeof stack !== 'string') return ''
    const frames = stack.indexOf('\n    at ')
    return frames <= MOST_HEADER ? stack : `${stack.slice(0, MOST_HEADER)} …${stack.slice(frames)}`
  } catch {
    return ''
  }
}

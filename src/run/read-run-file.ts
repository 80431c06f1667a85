import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ZodType } from 'zod'

/** A file of a run directory: its content, or the sentence that says why there is none. */
export type RunFile<T> =
  | { readonly value: T; readonly problem: null; readonly missing: false }
  | { readonly value: null; readonly problem: string; readonly missing: boolean }

/** Reads and checks one JSON file; a missing or damaged file is data, not an exception. */
export async function readRunFile<T>(
  dir: string,
  name: string,
  schema: ZodType<T>,
): Promise<RunFile<T>> {
  const text = await readRunText(dir, name)
  if (text.value === null) return text
  try {
    const parsed = schema.safeParse(JSON.parse(text.value))
    if (parsed.success) return { value: parsed.data, problem: null, missing: false }
    const [issue] = parsed.error.issues
    return damaged(`${name} is damaged (${issue.path.join('.')}: ${issue.message})`)
  } catch {
    return damaged(`${name} is damaged: it is not JSON`)
  }
}

export async function readRunText(dir: string, name: string): Promise<RunFile<string>> {
  try {
    const value = await readFile(join(dir, name), 'utf8')
    return { value, problem: null, missing: false }
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const problem = missing ? `there is no ${name}` : `${name} cannot be read`
    return { value: null, problem, missing }
  }
}

const damaged = (problem: string) => ({ value: null, problem, missing: false }) as const

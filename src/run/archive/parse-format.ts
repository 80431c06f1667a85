import { isMapping } from '../config/mapping.ts'

/** A file of this folder's first format: a mapping whose `list` is an array; null for anything else. */
export function parseFormat<T>(text: string, list: keyof T & string): T | null {
  try {
    const file: unknown = JSON.parse(text)
    return isMapping(file) && file.format === 1 && Array.isArray(file[list])
      ? (file as unknown as T)
      : null
  } catch {
    // No JSON: no such file either.
    return null
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { jsonHere } from './command-here.ts'
import { exactFiles } from './run-files.ts'

/** By its name without `-quick.yaml`. */
export const quickRecipe = (name: string): string =>
  fileURLToPath(new URL(`../../recipes/${name}-quick.yaml`, import.meta.url))

export const settings = (...values: string[]): string[] =>
  values.flatMap((value) => ['--set', value])

export type Row = Readonly<Record<string, number>>

/** `metrics.jsonl`, one record a cycle. */
export const rowsOf = (out: string): readonly Row[] =>
  readFileSync(join(out, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Exact files without what says how many workers there were. */
export const bitsOf = (out: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(exactFiles(out)).filter(
      ([name]) => !/^(config\.yaml|cuts\/\d+\/manifest\.json)$/.test(name),
    ),
  )

export async function endsWell(args: readonly string[]): Promise<void> {
  const { code, stderr } = await jsonHere(args)
  expect(stderr).not.toMatch(/Error|at .*\.js/)
  expect(code, stderr).toBe(0)
}

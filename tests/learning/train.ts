import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Seen from build/tests/learning.
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
export const PAGE = join(ROOT, 'docs/learning')
const CLI = join(ROOT, 'dist/cli/agon.js')

export interface Level {
  readonly name: string
  readonly solvedRate: number
  readonly meanReturn: number
}

export interface Trained {
  readonly seed: number
  /** `metrics.jsonl`, one record a cycle. */
  readonly rows: readonly Readonly<Record<string, number>>[]
  /** On the same sealed tasks, before the first and after the last update. */
  readonly untrained: readonly Level[]
  readonly levels: readonly Level[]
}

const folderOf = (name: string, seed: number): string =>
  join(ROOT, 'runs', 'learning', `${name}-${seed}`)

/** Trains as `agon run` does, under `runs/learning/<name>-<seed>`; a run that was cut off goes on where it stood. */
export function train(
  name: string,
  recipe: string,
  seed: number,
  settings: readonly string[] = [],
  slot?: string,
): Trained {
  const out = folderOf(name, seed)
  const fresh = ['run', join(ROOT, 'recipes', recipe), '--out', out, '--seed', String(seed)]
  const args = existsSync(join(out, 'manifest.json'))
    ? ['resume', out]
    : [...fresh, ...settings.flatMap((setting) => ['--set', setting])]
  const { status } = spawnSync(process.execPath, [CLI, ...args], { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${name}, seed ${seed}, ended with ${status}`)
  return outcomeOf(name, seed, slot)
}

/**
 * What a run that `train` ended left behind.
 * @param slot of the student that is told of; the only one by default
 */
export function outcomeOf(name: string, seed: number, slot?: string): Trained {
  const out = folderOf(name, seed)
  const lines = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')
  const { slots } = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8'))
  const measured = slots[slot ?? 'agent']
  return {
    seed,
    rows: lines.map((line) => JSON.parse(line)),
    untrained: measured.baseline.levels,
    levels: measured.final.levels,
  }
}

export const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length

/** Mean solved rate of the levels whose names begin so. */
export function rateOf(levels: readonly Level[], prefix: string): number {
  return mean(levels.filter(({ name }) => name.startsWith(prefix)).map((level) => level.solvedRate))
}

/** Where and when: stands beside every figure. */
export function provenance(workers = 'two workers'): string {
  const date = new Date().toISOString().slice(0, 10)
  return `${date}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, ${workers}`
}

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AgonError } from '../../../core/errors.ts'
import type { TypedArray } from '../../../core/tensor.ts'

/** The compiled module as it is (`native/addon/src`); it throws Errors with a `code`. */
export interface Addon {
  readonly cuda: boolean
  readonly stateBytes: number
  /** Numbers of a level record. */
  readonly levelNumbers: number
  readonly scenarios: readonly string[]
  scenario(name: string, episode: number, out: Float64Array): boolean
  check(level: Float64Array): string | null
  /** Why no GPU can be used, or null. */
  cudaFault(): string | null
  readonly Games: new (
    device: string,
    games: number,
    left: number,
    right: number,
    threads: number,
    memory: Uint8Array | null,
  ) => AddonGames
}

export interface AddonGames {
  /** Why the level was refused, or null. */
  reset(game: number, level: Float64Array, seed: bigint, episode: number): string | null
  step(actions: Int32Array, ...out: StepOutputs): void
  stepLater(actions: Int32Array, ...out: StepOutputs): Promise<void>
  observe(encoding: number, out: TypedArray): void
  watch(game: number, out: Float64Array): void
  save(game: number, out: Uint8Array): void
  load(game: number, state: Uint8Array): boolean
  close(): void
}

type StepOutputs = readonly [
  scoring: Float32Array,
  checkpoints: Float32Array,
  terminated: Uint8Array,
  truncated: Uint8Array,
  score: Int32Array,
]

/** What the build left beside the binary. */
interface BuildRecord {
  /** Why there is no binary. */
  readonly reason?: string
  /** Why it is without CUDA, or null. */
  readonly noCuda?: string | null
}

/** The package's folder: this file runs from dist, and from src and build in tests. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

function buildRecord(root: string): BuildRecord {
  const path = join(root, 'dist/native/football.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

/** Why the addon has no CUDA, as the build says it; null where it has. */
export function missingCuda(): string | null {
  return buildRecord(packageRoot()).noCuda ?? null
}

/**
 * The compiled module. Node keeps it: asking again costs little.
 * @throws AgonError `football/no-native` where it was not built or cannot be loaded here
 */
export function loadAddon(root: string = packageRoot()): Addon {
  const binary = join(root, 'dist/native/football.node')
  const remedy = `have a C++20 compiler (g++ 11 or clang++ 14), make and python3 at hand and run: node ${join(root, 'native/addon/build.mjs')}`
  if (!existsSync(binary)) {
    const reason = buildRecord(root).reason ?? 'nobody built it'
    throw new AgonError('football/no-native', `the football simulator is not here: ${reason}`, {
      remedy,
      place: binary,
    })
  }
  try {
    return createRequire(import.meta.url)(binary) as Addon
  } catch (cause) {
    const { message } = cause as Error
    throw new AgonError(
      'football/no-native',
      `the football simulator cannot be loaded: ${message}`,
      { remedy, place: binary, cause },
    )
  }
}

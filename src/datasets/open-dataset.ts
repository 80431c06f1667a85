import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ActionArray } from '../core/action-space.ts'
import { sha256 } from '../core/bytes.ts'
import { AgonError } from '../core/errors.ts'
import { readSafetensors } from '../core/safetensors.ts'
import { withFile } from '../core/system-errors.ts'
import { elementCount, type Tensor, type TypedArray } from '../core/tensor.ts'
import type {
  Dataset,
  DatasetEpisode,
  DatasetManifest,
  DatasetRef,
  DatasetShard,
  RecordedEpisodes,
} from './contract.ts'

/** The file that says what a dataset is. */
export const MANIFEST = 'manifest.json'
export const shardFile = (digest: string): string => `${digest}.safetensors`

const count = z.int().min(0)
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const manifestSchema = z.looseObject({
  format: z.literal(1),
  agon: z.string(),
  stage: z.string(),
  seed: count,
  environment: z.looseObject({ id: z.string(), profile: z.string() }),
  observations: z.record(z.string(), z.looseObject({ dtype: z.string(), shape: z.array(count) })),
  actions: z.looseObject({ kind: z.string() }),
  agents: z.int().min(1),
  episodes: count,
  steps: count,
  shards: z.array(
    z.looseObject({
      sha256: digest,
      cycle: count,
      slot: z.string(),
      first: count,
      episodes: count,
    }),
  ),
})

/**
 * Opens a dataset that a stage has left. Every shard is held to its digest as it is read.
 * @param at as a stage is given it, or the folder, of which the manifest is then believed
 * @throws AgonError `dataset/missing`, `dataset/damaged`
 */
export function openDataset(at: DatasetRef | string): Dataset {
  const { path, sha256: expected } = typeof at === 'string' ? { path: at, sha256: null } : at
  const file = join(path, MANIFEST)
  const bytes = read(file)
  if (expected !== null && sha256(bytes) !== expected)
    throw damaged(file, 'it is not the manifest that the stage has left')
  const manifest = parse(file, bytes)
  return {
    manifest,
    *episodes() {
      for (const shard of manifest.shards) yield* episodesOf(shard, manifest, path)
    },
  }
}

function parse(file: string, bytes: Uint8Array): DatasetManifest {
  try {
    return manifestSchema.parse(
      JSON.parse(Buffer.from(bytes).toString('utf8')),
    ) as unknown as DatasetManifest
  } catch {
    throw damaged(file, 'it is no manifest of a dataset')
  }
}

function* episodesOf(
  { sha256: expected, cycle, slot, first, episodes }: DatasetShard,
  { observations, actions }: DatasetManifest,
  path: string,
): Generator<DatasetEpisode> {
  const file = join(path, shardFile(expected))
  const bytes = read(file)
  if (sha256(bytes) !== expected) throw damaged(file, 'its bytes are not those of its name')
  const all = readSafetensors(bytes, file)
  const column = (name: string): readonly number[] => Array.from(of(all, name, file), Number)
  const lengths = column('episode/length')
  const levelLengths = column('episode/level_length')
  const [tasks, numbers, agents, seeds] = ['task', 'number', 'agent', 'seed'].map((name) =>
    column(`episode/${name}`),
  )
  const steps = startsOf(lengths)
  const levels = startsOf(levelLengths)
  if (first + episodes > lengths.length) throw damaged(file, 'it has fewer episodes')
  const part = (name: string, from: number, length: number): TypedArray => {
    const data = of(all, name, file)
    const width = elementCount(all[name].shape.slice(1))
    return data.subarray(from * width, (from + length) * width)
  }
  for (let i = first; i < first + episodes; i++) {
    const [at, length] = [steps[i], lengths[i]]
    yield {
      ...{ cycle, slot, task: tasks[i], number: numbers[i], agent: agents[i], seed: seeds[i] },
      level: part('levels', levels[i], levelLengths[i]) as Uint8Array,
      length,
      observations: Object.fromEntries(
        Object.keys(observations).map((name) => [name, part(`observations/${name}`, at, length)]),
      ),
      actions: (actions.kind === 'box'
        ? (part('actions', at, length) as Float32Array)
        : (part('actions', at, length) as Int32Array)) satisfies ActionArray,
      rewards: part('rewards', at, length) as Float32Array,
      terminated: part('terminated', at, length) as Uint8Array,
      truncated: part('truncated', at, length) as Uint8Array,
    }
  }
}

function startsOf(lengths: readonly number[]): readonly number[] {
  let next = 0
  return lengths.map((length) => {
    const at = next
    next += length
    return at
  })
}

function of(all: RecordedEpisodes, name: string, file: string): TypedArray {
  const found: Tensor | undefined = all[name]
  if (found === undefined) throw damaged(file, `it has no '${name}'`)
  return found.data
}

function read(file: string): Uint8Array {
  if (!existsSync(file))
    throw new AgonError('dataset/missing', 'there is no such file', {
      place: file,
      remedy: 'give the folder that a stage has left, with all its files',
    })
  return new Uint8Array(withFile(file, () => readFileSync(file)))
}

export const damaged = (place: string, why: string): AgonError =>
  new AgonError('dataset/damaged', why, {
    place,
    remedy: 'put back a copy, or let the stage play again in a new run',
  })

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { EpisodeStore } from '../../actors/roles/experiment-contract.ts'
import { sha256 } from '../../core/bytes.ts'
import { readSafetensors, safetensorsMetadata, writeSafetensors } from '../../core/safetensors.ts'
import { withFile } from '../../core/system-errors.ts'
import type { DatasetManifest, DatasetShard } from '../../datasets/contract.ts'
import { damaged, MANIFEST, shardFile } from '../../datasets/open-dataset.ts'
import { episodeCount } from '../../datasets/record-episodes.ts'
import type { DatasetConfig } from '../config-contract.ts'
import { replaceFile } from '../durable-file.ts'
import { makeFolders } from '../make-folders.ts'

/** Where a run keeps what its stages leave, seen from the run directory. */
export const datasetFolder = (stage: string): string => `datasets/${stage}`

export interface DatasetStore extends EpisodeStore {
  /** Drops what was recorded after a cycle: it comes again, the same. */
  rewind(cycle: number): void
  /** Drops what is not among the last episodes any more, going on from the oldest cut that there is. */
  prune(oldest: number): void
  /** Says what the dataset is; what it does not list is no part of it. @returns the episodes that there are */
  leave(about: Omit<DatasetManifest, 'format' | 'episodes' | 'steps' | 'shards'>): number
}

/** A shard as it lies there, with all its episodes. */
interface Kept extends Omit<DatasetShard, 'first'> {
  readonly steps: readonly number[]
}

/**
 * The episodes of a stage while it is played: a file for each slot and cycle, synced before anybody goes on, named by its digest
 * and saying in its header whose it is.
 * @param check throws where the run is no longer this process's own
 * @throws AgonError `dataset/damaged`, `run/write`
 */
export function openDatasetStore(
  path: string,
  { episodes: wanted, take }: DatasetConfig,
  check: () => void,
): DatasetStore {
  makeFolders(path)
  let shards = readShards(path)
  const drop = (gone: (shard: Kept) => boolean): void => {
    check()
    for (const { sha256: digest } of shards.filter(gone)) rmSync(join(path, shardFile(digest)))
    shards = shards.filter((shard) => !gone(shard))
  }
  const total = (): number => shards.reduce((sum, { episodes }) => sum + episodes, 0)
  return {
    wanted: () => take === 'last' || total() < wanted,
    keep(cycle, slot, recorded) {
      check()
      if (episodeCount(recorded) === 0) return
      const bytes = writeSafetensors(recorded, { cycle: String(cycle), slot })
      const digest = sha256(bytes)
      replaceFile(join(path, shardFile(digest)), bytes)
      const steps = Array.from(recorded['episode/length'].data, Number)
      const shard = { sha256: digest, cycle, slot, episodes: steps.length, steps }
      shards = sorted([...shards.filter((one) => one.sha256 !== digest), shard])
    },
    rewind: (after) => drop(({ cycle }) => cycle > after),
    prune(oldest) {
      if (take !== 'last') return
      const then = shards.filter(({ cycle }) => cycle <= oldest)
      const needed = lastOf(then, wanted).map(({ sha256: digest }) => digest)
      drop((shard) => shard.cycle <= oldest && !needed.includes(shard.sha256))
    },
    leave(about) {
      const left = take === 'last' ? lastOf(shards, wanted) : firstOf(shards, wanted)
      const sum = (of: (shard: (typeof left)[number]) => number): number =>
        left.reduce((all, shard) => all + of(shard), 0)
      const manifest: DatasetManifest = {
        format: 1,
        ...about,
        episodes: sum(({ episodes }) => episodes),
        steps: sum(({ steps, first, episodes }) =>
          steps.slice(first, first + episodes).reduce((all, one) => all + one, 0),
        ),
        shards: left.map(({ steps: _, ...shard }) => shard),
      }
      check()
      replaceFile(join(path, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
      return manifest.episodes
    },
  }
}

type Listed = Kept & DatasetShard

function firstOf(shards: readonly Kept[], wanted: number): Listed[] {
  let room = wanted
  return shards.flatMap((shard) => {
    const episodes = Math.min(room, shard.episodes)
    room -= episodes
    return episodes === 0 ? [] : [{ ...shard, first: 0, episodes }]
  })
}

function lastOf(shards: readonly Kept[], wanted: number): Listed[] {
  let room = wanted
  return [...shards]
    .reverse()
    .flatMap((shard) => {
      const episodes = Math.min(room, shard.episodes)
      room -= episodes
      return episodes === 0 ? [] : [{ ...shard, first: shard.episodes - episodes, episodes }]
    })
    .reverse()
}

function sorted(shards: readonly Kept[]): Kept[] {
  return [...shards].sort((a, b) => a.cycle - b.cycle || (a.slot < b.slot ? -1 : 1))
}

function readShards(path: string): Kept[] {
  const names = existsSync(path)
    ? readdirSync(path).filter((name) => /^[0-9a-f]{64}\.safetensors$/.test(name))
    : []
  return sorted(names.map((name) => readShard(join(path, name), name.slice(0, 64))))
}

function readShard(file: string, digest: string): Kept {
  const bytes = new Uint8Array(withFile(file, () => readFileSync(file)))
  if (sha256(bytes) !== digest) throw damaged(file, 'its bytes are not those of its name')
  const { cycle, slot } = safetensorsMetadata(bytes, file)
  const steps = Array.from(readSafetensors(bytes, file)['episode/length'].data, Number)
  return { sha256: digest, cycle: Number(cycle), slot, episodes: steps.length, steps }
}

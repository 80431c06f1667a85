import type { RandomStream } from '../../core/random.ts'
import type { LevelFeatures, LevelSpace } from '../../envs/contract.ts'
import type { LevelBuffer, LevelEntry } from '../buffer/level-buffer.ts'
import { type Ancestor, ancestorOf } from '../buffer/lineage.ts'
import { sampleEntries } from '../buffer/sampling.ts'

/** A level on its way to the students and back. */
export interface Candidate extends LevelEntry {
  /** Drawn from the buffer; keeps the id under which the buffer holds it. */
  readonly replayed: boolean
  readonly train: boolean
  readonly features: LevelFeatures
}

/** Hands out level numbers; never the same twice in one record. */
export type NextSerial = () => number

/** `count` levels of the generator. */
export function generated<L>(
  space: LevelSpace<L>,
  count: number,
  train: boolean,
  stream: RandomStream,
  nextSerial: NextSerial,
): Candidate[] {
  const levels = Array.from({ length: count }, () => space.sample(stream))
  return fresh(space, levels, 'generate', train, nextSerial)
}

/** New levels without parents, by whoever made them. */
export function fresh<L>(
  space: LevelSpace<L>,
  levels: readonly L[],
  operator: string,
  train: boolean,
  nextSerial: NextSerial,
): Candidate[] {
  return levels.map((level) => ({
    ...described(space, level),
    serial: nextSerial(),
    operator,
    parents: [],
    generation: 0,
    replayed: false,
    train,
  }))
}

/** `count` levels drawn from the buffer; ages advance. */
export function replayed<L>(
  space: LevelSpace<L>,
  buffer: LevelBuffer,
  count: number,
  train: boolean,
  stream: RandomStream,
): Candidate[] {
  return Array.from(sampleEntries(buffer, count, stream), (slot) => {
    const stored = ancestorOf(buffer.lineage, buffer.serials[slot])
    return {
      ...described(space, space.decode(stored.level)),
      serial: stored.serial,
      operator: stored.operator,
      parents: stored.parents,
      generation: stored.generation,
      replayed: true,
      train,
    }
  })
}

/** `count` edits of `parents`, each parent giving a run of as equal a length as can be. */
export function edited<L>(
  space: LevelSpace<L>,
  parents: readonly Ancestor[],
  count: number,
  stream: RandomStream,
  nextSerial: NextSerial,
): Candidate[] {
  return Array.from({ length: count }, (_, i) => {
    const parent = parents[Math.floor((i * parents.length) / count)]
    const { level, operator } = space.mutate(space.decode(parent.level), stream)
    return {
      ...described(space, level),
      serial: nextSerial(),
      operator,
      parents: [parent.serial],
      generation: parent.generation + 1,
      replayed: false,
      train: false,
    }
  })
}

function described<L>(
  space: LevelSpace<L>,
  level: L,
): Pick<Candidate, 'level' | 'key' | 'features'> {
  return { level: space.encode(level), key: space.key(level), features: space.features(level) }
}

/** Levels that must stay remembered while the batch is away: replayed ones and the parents of edits. */
export function neededSerials(candidates: readonly Candidate[]): readonly number[] {
  return candidates.flatMap(({ replayed, serial, parents }) => (replayed ? [serial] : parents))
}

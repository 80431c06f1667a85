import { AgonError } from '../../../core/errors.ts'
import type { RandomStream, StreamState } from '../../../core/random.ts'
import type { agon } from '../../../wire/index.ts'
import type { LevelFeatures, LevelSpace, Mutation, Suite } from '../../contract.ts'
import { unknownSuite } from '../../unknown-suite.ts'
import type { RemoteWorld } from './remote-world.ts'

/** A level of an environment that lives elsewhere: its canonical bytes, and what the server said of it. */
export class RemoteLevel {
  readonly bytes: Uint8Array
  described: Described | null = null

  constructor(bytes: Uint8Array) {
    // Bytes of an answer are a window on all of it.
    this.bytes = new Uint8Array(bytes)
  }
}

interface Described {
  readonly obstacle: string
  readonly key: string
  readonly text: string
  readonly features: LevelFeatures
}

/** The level space of a remote environment. A level is read where it is used: `decode` itself asks nobody. */
export function remoteLevels(world: RemoteWorld): LevelSpace<RemoteLevel> {
  const { drawsLevels, parsesFiles } = world.description
  const describe = (level: RemoteLevel): Described => {
    level.described ??= described(
      one(world.call('describeLevels', { levels: [level.bytes] }).levels, 'description'),
    )
    return level.described
  }
  const wellFormed = (level: RemoteLevel): Described => {
    const all = describe(level)
    if (all.key !== '' || all.obstacle === '') return all
    throw new AgonError('level/corrupt', all.obstacle, { place: world.options.address })
  }
  return {
    sample: (stream) => drawLevel(world, stream),
    mutate(level, stream): Mutation<RemoteLevel> {
      const answer = world.call('mutateLevels', {
        levels: [level.bytes],
        stream: { state: [...stream.save()] },
      })
      moveOn(stream, answer)
      const operator = answer.operators?.[0] ?? 'mutate'
      return { level: new RemoteLevel(one(answer.levels, 'level')), operator }
    },
    key: (level) => wellFormed(level).key,
    encode: (level) => level.bytes,
    decode: (bytes) => new RemoteLevel(bytes),
    format: (level) => wellFormed(level).text,
    parse: (text) => new RemoteLevel(one(world.call('parseLevels', { text }).levels, 'level')),
    ...(parsesFiles ? { parseFile: (text: string) => parseFile(world, text) } : {}),
    validate: (level) => describe(level).obstacle || null,
    features: (level) => wellFormed(level).features,
    ...(drawsLevels ? { draw: (level: RemoteLevel) => picture(world, level) } : {}),
  }
}

/** A level of the generator, or of a suite's entry. */
function drawLevel(
  world: RemoteWorld,
  stream: RandomStream,
  entry?: agon.v1.SuiteEntry.$Properties,
): RemoteLevel {
  const answer = world.call('sampleLevels', {
    count: 1,
    stream: { state: [...stream.save()] },
    ...(entry === undefined ? {} : { entry }),
  })
  moveOn(stream, answer)
  return new RemoteLevel(one(answer.levels, 'level'))
}

/** The caller's stream goes on behind what was drawn from its copy; by one number where the server does not say how far. */
function moveOn(stream: RandomStream, { streamState }: agon.v1.Levels.$Properties): void {
  if (streamState != null && streamState.length === 7)
    stream.moveTo(streamState as unknown as StreamState)
  else stream.uint32()
}

function parseFile(world: RemoteWorld, text: string) {
  const { levels, names } = world.call('parseLevels', { text })
  return (levels ?? []).map((bytes, i) => ({
    name: names?.[i] ?? `level-${i + 1}`,
    level: new RemoteLevel(bytes),
  }))
}

function picture(world: RemoteWorld, level: RemoteLevel): string {
  const { levels } = world.call('describeLevels', { levels: [level.bytes], pictures: true })
  return one(levels, 'description').picture ?? ''
}

function described(of: agon.v1.LevelDescription.$Properties): Described {
  const { obstacle, key, text, features } = of
  return { obstacle: obstacle ?? '', key: key ?? '', text: text ?? '', features: { ...features } }
}

function one<T>(list: readonly T[] | null | undefined, what: string): T {
  if (list?.length === 1) return list[0]
  throw new AgonError(
    'environment/answer',
    `${list?.length ?? 0} answers, one ${what} was asked for`,
  )
}

/** @throws AgonError `suite/unknown` */
export function remoteSuite(world: RemoteWorld, id: string): Suite<RemoteLevel> {
  const { suites } = world.description
  const found = suites.find((suite) => suite.id === id)
  if (found === undefined)
    throw unknownSuite(
      id,
      suites.map((suite) => suite.id),
    )
  return {
    id,
    about: found.about,
    entries: found.entries.map((name) => ({
      name,
      level: (stream, episode) => drawLevel(world, stream, { suite: id, entry: name, episode }),
    })),
  }
}

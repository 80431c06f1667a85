import { AgonError } from '../../../core/errors.ts'
import type { RandomStream } from '../../../core/random.ts'
import type { agon } from '../../../wire/index.ts'
import type { LevelSpace, Mutation, Suite } from '../../contract.ts'
import { unknownOperator } from '../../operators.ts'
import { unknownSuite } from '../../unknown-suite.ts'
import { wrong } from './answer-law.ts'
import { type Described, moveOn, one, printable, RemoteLevel } from './level-answers.ts'
import { levelMemory } from './level-memory.ts'
import { remoteVariations } from './remote-variations.ts'
import type { RemoteWorld } from './remote-world.ts'

const MOST_REMEMBERED = 4096

/** The level space of a remote environment. A level is read where it is used: `decode` itself asks nobody. */
export function remoteLevels(world: RemoteWorld): LevelSpace<RemoteLevel> {
  const { drawsLevels, parsesFiles, operators } = world.description
  // What is said of a level depends on nothing but its bytes, and curricula ask about the same ones again and again.
  const memory = levelMemory<Described>(MOST_REMEMBERED)
  const describe = (level: RemoteLevel): Described => {
    level.described ??= memory.of(level.bytes, () =>
      world.call('describeLevels', { levels: [level.bytes] }, ({ levels }) =>
        described(one('describeLevels', levels)),
      ),
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
    ...(operators.length === 0 ? {} : { operators }),
    mutate(level, stream, operator): Mutation<RemoteLevel> {
      if (operator !== undefined && !operators.includes(operator))
        throw unknownOperator(operator, operators)
      const request = {
        levels: [level.bytes],
        stream: { state: [...stream.save()] },
        ...(operator === undefined ? {} : { operator }),
      }
      return world.call('mutateLevels', request, (answer) => {
        const changed = new RemoteLevel(one('mutateLevels', answer.levels))
        moveOn('mutateLevels', stream, answer)
        const [name = 'mutate'] = answer.operators ?? []
        return { level: changed, operator: printable('mutateLevels', 'an operator', name) }
      })
    },
    ...remoteVariations(world),
    key: (level) => wellFormed(level).key,
    encode: (level) => level.bytes,
    decode: (bytes) => new RemoteLevel(bytes),
    format: (level) => wellFormed(level).text,
    parse: (text) =>
      world.call(
        'parseLevels',
        { text },
        ({ levels }) => new RemoteLevel(one('parseLevels', levels)),
      ),
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
  const request = {
    count: 1,
    stream: { state: [...stream.save()] },
    ...(entry === undefined ? {} : { entry }),
  }
  return world.call('sampleLevels', request, (answer) => {
    const level = new RemoteLevel(one('sampleLevels', answer.levels))
    moveOn('sampleLevels', stream, answer)
    return level
  })
}

function parseFile(world: RemoteWorld, text: string) {
  return world.call('parseLevels', { text }, ({ levels, names }) => {
    const parsed = levels ?? []
    const given = names ?? []
    if (given.length !== 0 && given.length !== parsed.length)
      throw wrong('parseLevels', `${parsed.length} names, or none`, `${given.length}`)
    return parsed.map((bytes, i) => ({
      name: printable('parseLevels', 'a name', given[i] ?? `level-${i + 1}`),
      level: new RemoteLevel(bytes),
    }))
  })
}

function picture(world: RemoteWorld, level: RemoteLevel): string {
  const request = { levels: [level.bytes], pictures: true }
  return world.call('describeLevels', request, ({ levels }) => {
    return one('describeLevels', levels).picture ?? ''
  })
}

/** Named numbers of one level. */
const MOST_FEATURES = 1000
/** Characters of an obstacle, which is told as an error. */
const LONGEST_OBSTACLE = 2000

function described(of: agon.v1.LevelDescription.$Properties): Described {
  const obstacle = (of.obstacle ?? '').slice(0, LONGEST_OBSTACLE)
  const key = of.key ?? ''
  const call = 'describeLevels'
  // Without keys all levels would be one to an archive that keeps no duplicates.
  if (key === '' && obstacle === '') throw wrong(call, 'a key of the level', 'none')
  const names = Object.keys(of.features ?? {})
  if (names.length > MOST_FEATURES)
    throw wrong(call, `at most ${MOST_FEATURES} features`, `${names.length}`)
  const features = Object.fromEntries(
    names.map((name) => {
      const value = of.features?.[printable(call, 'a feature', name)] ?? 0
      if (!Number.isFinite(value)) throw wrong(call, `a finite feature '${name}'`, `${value}`)
      return [name, value]
    }),
  )
  return { obstacle, key, text: of.text ?? '', features }
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

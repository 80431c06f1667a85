import type { RandomStream } from '../../../core/random.ts'
import type { agon } from '../../../wire/index.ts'
import type { GenomeBounds, LevelSpace } from '../../contract.ts'
import { wrong } from './answer-law.ts'
import { moveOn, one, printable, RemoteLevel } from './level-answers.ts'
import type { RemoteWorld } from './remote-world.ts'

const stateOf = (stream: RandomStream) => ({ state: [...stream.save()] })

/** What the other side announces of crossing levels, and of levels as points. */
export function remoteVariations(
  world: RemoteWorld,
): Pick<LevelSpace<RemoteLevel>, 'crossover' | 'genome'> {
  const { crossesLevels, genome } = world.description
  return {
    ...(crossesLevels ? { crossover: crossing(world) } : {}),
    ...(genome === undefined ? {} : { genome: remoteGenome(world, genome) }),
  }
}

function crossing(world: RemoteWorld): NonNullable<LevelSpace<RemoteLevel>['crossover']> {
  return (a, b, stream) => {
    const request = { first: [a.bytes], second: [b.bytes], stream: stateOf(stream) }
    return world.call('crossLevels', request, (answer) => {
      const level = new RemoteLevel(one('crossLevels', answer.levels))
      moveOn('crossLevels', stream, answer)
      const [operator = 'crossover'] = answer.operators ?? []
      return { level, operator: printable('crossLevels', 'an operator', operator) }
    })
  }
}

function remoteGenome(
  world: RemoteWorld,
  bounds: GenomeBounds,
): NonNullable<LevelSpace<RemoteLevel>['genome']> {
  return {
    bounds,
    toVector: (level) =>
      world.call('toGenome', { levels: [level.bytes] }, ({ points }) => pointOf(points, bounds)),
    fromVector: (vector) =>
      world.call(
        'fromGenome',
        { points: [{ values: Array.from(vector) }] },
        ({ levels }) => new RemoteLevel(one('fromGenome', levels)),
      ),
  }
}

function pointOf(
  points: readonly agon.v1.Point.$Properties[] | null | undefined,
  { names, low, high }: GenomeBounds,
): Float64Array {
  const [{ values }] = [one('toGenome', points)]
  const given = values ?? []
  if (given.length !== names.length)
    throw wrong('toGenome', `${names.length} numbers`, `${given.length}`)
  const out = given.findIndex((value, i) => !(value >= low[i] && value <= high[i]))
  if (out >= 0)
    throw wrong('toGenome', `'${names[out]}' in ${low[out]} … ${high[out]}`, `${given[out]}`)
  return Float64Array.from(given)
}

/** The level with its hidden parameters drawn again there. */
export function resampled(
  world: RemoteWorld,
  level: RemoteLevel,
  stream: RandomStream,
): RemoteLevel {
  const request = { levels: [level.bytes], stream: stateOf(stream) }
  return world.call('resampleLevels', request, (answer) => {
    const drawn = new RemoteLevel(one('resampleLevels', answer.levels))
    moveOn('resampleLevels', stream, answer)
    return drawn
  })
}

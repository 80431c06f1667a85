import { AgonError } from '../../../core/errors.ts'
import type { agon } from '../../../wire/index.ts'
import type { Environment, Genome } from '../../contract.ts'
import { decodeStream } from '../stream-state.ts'
import { checkCount, streamState } from './level-calls.ts'
import { plainBytes } from './plain-bytes.ts'

/** The answers about what not every level space has, one pure function a method. */

type World = Environment<unknown>

export function crossLevels(
  { spec, levels }: World,
  request: agon.v1.CrossLevelsRequest.$Properties,
): agon.v1.Levels.$Properties {
  if (levels.crossover === undefined) throw unsupported(spec.id, 'crosses no levels')
  const [first, second] = [request.first ?? [], request.second ?? []]
  checkCount(first.length)
  if (first.length !== second.length)
    throw new AgonError('environment/count', `${first.length} and ${second.length} levels to cross`)
  const random = decodeStream(request.stream)
  const parents = [first, second].map((side) =>
    side.map((bytes) => levels.decode(plainBytes(bytes))),
  )
  const cross = levels.crossover.bind(levels)
  const children = parents[0].map((level, i) => cross(level, parents[1][i], random))
  return {
    levels: children.map(({ level }) => levels.encode(level)),
    operators: children.map(({ operator }) => operator),
    ...streamState(request.stream, random),
  }
}

export function toGenome(
  world: World,
  request: agon.v1.ToGenomeRequest.$Properties,
): agon.v1.Points.$Properties {
  const genome = genomeOf(world)
  const given = request.levels ?? []
  checkCount(given.length)
  return {
    points: given.map((bytes) => ({
      values: [...genome.toVector(world.levels.decode(plainBytes(bytes)))],
    })),
  }
}

export function fromGenome(
  world: World,
  request: agon.v1.FromGenomeRequest.$Properties,
): agon.v1.Levels.$Properties {
  const genome = genomeOf(world)
  const given = request.points ?? []
  checkCount(given.length)
  return {
    levels: given.map(({ values }) => world.levels.encode(genome.fromVector(values ?? []))),
  }
}

function genomeOf({ spec, levels }: World): Genome<unknown> {
  if (levels.genome !== undefined) return levels.genome
  throw unsupported(spec.id, 'has levels that are no points')
}

export function resampleLevels(
  world: World,
  request: agon.v1.ResampleLevelsRequest.$Properties,
): agon.v1.Levels.$Properties {
  const { spec, levels } = world
  if (world.resample === undefined)
    throw unsupported(spec.id, 'hides nothing that could be drawn again')
  const resample = world.resample.bind(world)
  const given = request.levels ?? []
  checkCount(given.length)
  const random = decodeStream(request.stream)
  const decoded = given.map((bytes) => levels.decode(plainBytes(bytes)))
  return {
    levels: decoded.map((level) => levels.encode(resample(level, random))),
    ...streamState(request.stream, random),
  }
}

const unsupported = (id: string, what: string): AgonError =>
  new AgonError('environment/unsupported', `'${id}' ${what}`)

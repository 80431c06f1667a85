import { AgonError } from '../../../core/errors.ts'
import type { RandomStream } from '../../../core/random.ts'
import { textBlocks } from '../../../core/text-blocks.ts'
import type { agon } from '../../../wire/index.ts'
import type { Environment } from '../../contract.ts'
import { contractError } from '../../contract-error.ts'
import { checkOperator } from '../../operators.ts'
import { decodeStream } from '../stream-state.ts'
import { plainBytes } from './plain-bytes.ts'

/** The answers about levels, one pure function a method. */

const MOST = 10_000

type World = Environment<unknown>

export function sampleLevels(
  world: World,
  request: agon.v1.SampleLevelsRequest.$Properties,
): agon.v1.Levels.$Properties {
  const count = checkCount(request.count ?? 0)
  const random = decodeStream(request.stream)
  const draw =
    request.entry == null
      ? () => world.levels.sample(random)
      : entryDraw(world, request.entry, random)
  const levels = Array.from({ length: count }, (_, i) => world.levels.encode(draw(i)))
  return { levels, ...streamState(request.stream, random) }
}

function entryDraw(
  world: World,
  { suite = '', entry = '', episode }: agon.v1.SuiteEntry.$Properties,
  random: RandomStream,
): (index: number) => unknown {
  const found = world.suite(suite ?? '').entries.find(({ name }) => name === entry)
  if (found === undefined)
    throw new AgonError('suite/entry/unknown', `the suite '${suite}' has no entry '${entry}'`)
  return (index) => found.level(random, (episode ?? 0) + index)
}

export function mutateLevels(
  { levels }: World,
  request: agon.v1.MutateLevelsRequest.$Properties,
): agon.v1.Levels.$Properties {
  const given = request.levels ?? []
  checkCount(given.length)
  const operator = request.operator || undefined
  checkOperator(levels, operator)
  const random = decodeStream(request.stream)
  // All are read before the first is changed: a wrong one changes nothing.
  const changed = given
    .map((bytes) => levels.decode(plainBytes(bytes)))
    .map((level) => levels.mutate(level, random, operator))
  return {
    levels: changed.map(({ level }) => levels.encode(level)),
    operators: changed.map(({ operator }) => operator),
    ...streamState(request.stream, random),
  }
}

/** Only who gave a state can go on from one. */
export function streamState(
  given: agon.v1.Stream.$Properties | null | undefined,
  random: RandomStream,
): Pick<agon.v1.Levels.$Properties, 'streamState'> {
  return (given?.state ?? []).length === 0 ? {} : { streamState: [...random.save()] }
}

export function describeLevels(
  { levels }: World,
  request: agon.v1.DescribeLevelsRequest.$Properties,
): agon.v1.LevelDescriptions.$Properties {
  const given = request.levels ?? []
  checkCount(given.length)
  const draw = request.pictures === true ? levels.draw?.bind(levels) : undefined
  return {
    levels: given.map((bytes) => {
      let level: unknown
      try {
        level = levels.decode(plainBytes(bytes))
      } catch (error) {
        const told = contractError(error)
        if (told !== null) return { obstacle: told.message }
        throw error
      }
      return {
        obstacle: levels.validate(level) ?? '',
        key: levels.key(level),
        text: levels.format(level),
        features: { ...levels.features(level) },
        ...(draw === undefined ? {} : { picture: draw(level) }),
      }
    }),
  }
}

export function parseLevels(
  { levels }: World,
  { text }: agon.v1.ParseLevelsRequest.$Properties,
): agon.v1.Levels.$Properties {
  const parsed =
    levels.parseFile?.(text ?? '') ??
    textBlocks(text ?? '').map((block) => ({ name: block.name, level: levels.parse(block.text) }))
  return {
    levels: parsed.map(({ level }) => levels.encode(level)),
    names: parsed.map(({ name }) => name),
  }
}

export function drawStates(
  world: World,
  request: agon.v1.DrawStatesRequest.$Properties,
): agon.v1.Pictures.$Properties {
  const states = request.states ?? []
  checkCount(states.length)
  const draw = world.drawState?.bind(world)
  if (draw === undefined)
    throw new AgonError('environment/unsupported', `'${world.spec.id}' draws no states`)
  return { pictures: states.map((state) => draw(state)) }
}

export function checkCount(count: number): number {
  if (count <= MOST) return count
  throw new AgonError('environment/count', `${count} levels in one request, at most ${MOST}`)
}

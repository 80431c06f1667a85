import { ENVIRONMENTS } from '../../../wire/index.ts'
import { hasSteps } from '../../steppable.ts'
import { type Check, must, mustEqual, mustRefuse } from './check.ts'
import type { Subject } from './subject.ts'

const { mutateLevels, crossLevels, toGenome, fromGenome, resampleLevels } = ENVIRONMENTS.methods
const COUNT = 4
const NOBODY = 'no-such-operator'
const STREAM = { seed: 2, path: ['conformance', 'variation'] }

/** What not every level space has: an environment without one is asked whether it says so. */
export const variationChecks: readonly Check[] = [
  {
    name: 'operators: each announced one changes levels under its name, and no other is taken',
    async run(subject) {
      const { operators } = await subject.description()
      const { connection, environment } = subject
      const levels = await subject.levels(COUNT)
      const change = (operator: string) =>
        connection.unary(mutateLevels, { environment, levels, stream: STREAM, operator })
      for (const operator of operators) {
        const sent = `MutateLevels { operator: ${operator} }`
        const [first, second] = [await change(operator), await change(operator)]
        mustEqual(`${sent} twice`, first.levels, second.levels)
        mustEqual(sent, new Array(COUNT).fill(operator), first.operators, 'operators')
        await mustAllPlay(subject, first.levels, sent)
      }
      await mustRefuse(`MutateLevels { operator: ${NOBODY} }`, ['level/operator'], change(NOBODY))
    },
  },
  {
    name: 'crossover: children can be attempted, and the same request gets the same',
    async run(subject) {
      const { crossesLevels } = await subject.description()
      const { connection, environment } = subject
      const [first, second] = [await subject.levels(COUNT), await subject.levels(COUNT, 2)]
      const cross = (others = second) =>
        connection.unary(crossLevels, { environment, first, second: others, stream: STREAM })
      if (!crossesLevels) {
        await mustRefuse('CrossLevels', ['environment/unsupported'], cross())
        return
      }
      const [one, two] = [await cross(), await cross()]
      mustEqual('CrossLevels twice', one.levels, two.levels)
      mustEqual(
        'CrossLevels',
        [COUNT, COUNT],
        [one.levels.length, one.operators.length],
        'children',
      )
      await mustAllPlay(subject, one.levels, 'CrossLevels')
      const uneven = cross(second.slice(1))
      await mustRefuse('CrossLevels of 4 and 3 levels', ['environment/count'], uneven)
    },
  },
  {
    name: 'genome: every point is a level that can be attempted, and that level’s point gives it again',
    async run(subject) {
      const { genome } = await subject.description()
      const { connection, environment } = subject
      const pointsOf = async (levels: Uint8Array[]) =>
        (await connection.unary(toGenome, { environment, levels })).points.map(
          ({ values }) => values,
        )
      const levelsAt = async (points: readonly (readonly number[])[]) =>
        (
          await connection.unary(fromGenome, {
            environment,
            points: points.map((values) => ({ values: [...values] })),
          })
        ).levels
      if (genome === undefined) {
        const call = pointsOf(await subject.levels(1))
        await mustRefuse('ToGenome', ['environment/unsupported'], call)
        return
      }
      const { low, high } = genome
      const outside = high.map((value, i) => value + 1 + (value - low[i]))
      const middle = low.map((value, i) => (value + high[i]) / 2)
      const tried = [low, high, outside, middle]
      const levels = await levelsAt(tried)
      mustEqual('FromGenome', tried.length, levels.length, 'levels')
      await mustAllPlay(subject, levels, 'FromGenome')
      mustEqual('FromGenome above the bounds and at them', levels[1], levels[2])
      const points = await pointsOf(levels)
      for (const point of points)
        must(
          point.length === low.length && point.every((x, i) => x >= low[i] && x <= high[i]),
          'ToGenome',
          'points inside the bounds',
          point,
        )
      mustEqual('FromGenome of ToGenome', levels, await levelsAt(points))
      const codes = ['level/genome']
      await mustRefuse('FromGenome of too long a point', codes, levelsAt([[...low, 0]]))
      await mustRefuse('FromGenome of NaN', codes, levelsAt([low.map(() => Number.NaN)]))
    },
  },
  {
    name: 'resample: what is hidden is drawn again, what is seen stays, and the same request gets the same',
    async run(subject) {
      const { resamplesLevels, spec } = await subject.description()
      const { connection, environment } = subject
      const levels = await subject.levels(COUNT)
      const resample = () =>
        connection.unary(resampleLevels, { environment, levels, stream: STREAM })
      if (!resamplesLevels) {
        await mustRefuse('ResampleLevels', ['environment/unsupported'], resample())
        return
      }
      const [first, second] = [await resample(), await resample()]
      mustEqual('ResampleLevels twice', first.levels, second.levels)
      mustEqual('ResampleLevels', COUNT, first.levels.length, 'levels')
      await mustAllPlay(subject, first.levels, 'ResampleLevels')
      if (!hasSteps(spec)) return
      const [before, after] = [await subject.play(levels), await subject.play(first.levels)]
      mustEqual(
        'reset to levels and to those resampled of them',
        before.first.observations,
        after.first.observations,
        'the same first observations',
      )
    },
  },
]

async function mustAllPlay(subject: Subject, levels: Uint8Array[], sent: string): Promise<void> {
  for (const { obstacle } of await subject.describeLevels(levels))
    mustEqual(`DescribeLevels after ${sent}`, '', obstacle, 'no obstacle')
}

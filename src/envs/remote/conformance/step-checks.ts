import { elementCount, type TensorSpec } from '../../../core/tensor.ts'
import { type agon, decodeTensor } from '../../../wire/index.ts'
import { type Check, must, mustEqual } from './check.ts'
import { drawnActions, joined, rowsOf, type Subject } from './subject.ts'

const STEPS = 40

export const stepChecks: readonly Check[] = [
  {
    name: 'steps: replies have the rows, types and bounds that were announced',
    async run(subject) {
      const { spec } = await subject.description()
      const play = await subject.play(await subject.levels(3))
      checkObservations('reset of 3 slots', play.first, spec.observations, play.rows)
      const limits = play.first.maxSteps
      must(
        limits.length === 3 && limits.every((limit) => limit > 0),
        'reset of 3 slots',
        '3 step limits',
        limits,
      )
      for (const actions of drawnActions(spec.actions, STEPS, play.rows, 'layout')) {
        const reply = await play.act(actions)
        checkObservations('act', reply, spec.observations, play.rows)
        checkResults(reply, play.rows)
      }
    },
  },
  {
    name: 'steps: equal streams, levels and actions give equal replies',
    async run(subject) {
      const { spec } = await subject.description()
      const levels = await subject.levels(3)
      const [one, two] = [await subject.play(levels), await subject.play(levels)]
      mustEqual('reset twice', one.first, two.first)
      for (const [t, actions] of drawnActions(spec.actions, STEPS, one.rows, 'equal').entries())
        mustEqual(`act ${t} on two streams`, await one.act(actions), await two.act(actions))
    },
  },
  {
    name: 'steps: a row belongs to its slot, whatever the other slots do',
    async run(subject) {
      const { spec } = await subject.description()
      const [a, b, c] = await subject.levels(3)
      const [here, there] = [
        await subject.play([a, b], { streams: [0, 1] }),
        await subject.play([c, a], { streams: [2, 0] }),
      ]
      const { agents } = spec
      const first = Array.from({ length: agents }, (_, agent) => agent)
      const second = first.map((agent) => agent + agents)
      const same = (sent: string, x: agon.v1.StepReply, y: agon.v1.StepReply): void =>
        mustEqual(sent, rowsOf(x, here.rows, first), rowsOf(y, there.rows, second))
      same('reset of one level in slot 0 and in slot 1', here.first, there.first)
      const mine = drawnActions(spec.actions, STEPS, agents, 'mine')
      const others = drawnActions(spec.actions, STEPS, 2 * agents, 'others')
      for (const [t, actions] of mine.entries()) {
        const half = others[t].length / 2
        const [x, y] = [others[t].subarray(0, half), others[t].subarray(half)]
        const sent = `act ${t} of one level in slot 0 and in slot 1`
        same(
          sent,
          await here.act(joined(spec.actions, actions, x)),
          await there.act(joined(spec.actions, y, actions)),
        )
      }
    },
  },
  {
    name: 'steps: a reset of some slots gives their rows in the order asked for',
    async run(subject) {
      const { spec } = await subject.description()
      const levels = await subject.levels(3)
      const play = await subject.play(levels)
      const reply = await play.caller.ask({
        reset: { slots: [2, 0], levels: [levels[2], levels[0]] },
      })
      const rows = 2 * spec.agents
      checkObservations('reset { slots: [2, 0] }', reply, spec.observations, rows)
      if (!(await startsAlike(subject, levels[0]))) return
      const rowOf = (slot: number): number[] =>
        Array.from({ length: spec.agents }, (_, agent) => slot * spec.agents + agent)
      const wanted = rowsOf(play.first, play.rows, [...rowOf(2), ...rowOf(0)])
      const found = rowsOf(reply, rows, [...rowOf(0), ...rowOf(1)])
      mustEqual('reset { slots: [2, 0] }', wanted.observations, found.observations)
    },
  },
]

/** Whether the first observation of a level is the same for every stream. */
export async function startsAlike(subject: Subject, level: Uint8Array): Promise<boolean> {
  const [one, two] = [
    await subject.play([level], { streams: [11] }),
    await subject.play([level], { streams: [12] }),
  ]
  const all = Array.from({ length: one.rows }, (_, row) => row)
  const seen = [one, two].map(({ first, rows }) =>
    JSON.stringify(rowsOf(first, rows, all).observations),
  )
  return seen[0] === seen[1]
}

function checkObservations(
  sent: string,
  { observations }: agon.v1.StepReply,
  specs: Readonly<Record<string, TensorSpec>>,
  rows: number,
): void {
  const names = Object.keys(specs).sort()
  mustEqual(
    sent,
    names,
    observations.map(({ name }) => name),
    'observations',
  )
  for (const { name, tensor } of observations) {
    const { dtype, shape, low = -Infinity, high = Infinity } = specs[name]
    const found = decodeTensor(name, tensor ?? {})
    mustEqual(
      sent,
      { dtype, shape: [rows, ...shape] },
      { dtype: found.dtype, shape: found.shape },
      `'${name}'`,
    )
    mustEqual(sent, rows * elementCount(shape), found.data.length, `elements of '${name}'`)
    for (const value of found.data)
      must(
        Number(value) >= low && Number(value) <= high,
        sent,
        `'${name}' from ${low} to ${high}`,
        String(value),
      )
  }
}

function checkResults({ rewards, terminated, truncated }: agon.v1.StepReply, rows: number): void {
  mustEqual(
    'act',
    [4 * rows, rows, rows],
    [rewards.length, terminated.length, truncated.length],
    'bytes of rewards, terminated, truncated',
  )
  const values = new Float32Array(Uint8Array.from(rewards).buffer)
  for (let row = 0; row < rows; row++) {
    must(Number.isFinite(values[row]), 'act', 'finite rewards', String(values[row]))
    const flags = [terminated[row], truncated[row]]
    must(
      flags.every((flag) => flag === 0 || flag === 1),
      'act',
      'flags 0 or 1',
      flags,
    )
    must(flags[0] + flags[1] < 2, 'act', 'terminated or truncated, never both', flags)
  }
}

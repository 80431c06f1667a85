import {
  type ActionArray,
  type ActionSpec,
  actionFault,
  actionShape,
  actionWidth,
  allocateActions,
  boundActions,
} from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import type { RandomStream } from '../core/random.ts'
import { elementCount, type Tensor, type TypedArray, tensor } from '../core/tensor.ts'
import type { Bot, EnvironmentSpec } from '../envs/contract.ts'
import type { ActBatch, Policy } from '../inference/contract.ts'
import { zeroRow, zeroState } from '../inference/policy.ts'
import { seenBy } from '../inference/policy-graph.ts'
import { checkSeating } from './check-seating.ts'
import type { Companions, Seating } from './contract.ts'
import type { OpenPolicies } from './open-policies.ts'

/** Everybody of one name: rows in ascending order, `lanes[i]` that of `rows[i]`. */
interface Crew {
  readonly rows: readonly number[]
  readonly lanes: readonly number[]
}

interface Player {
  begin(lane: number): void
  act: Companions['act']
}

/** Gives the randomness of an episode that begins in a lane, for who plays under a name. */
export type SeatRandom = (lane: number, name: string) => RandomStream

/**
 * Seats policies beside a student.
 * @param seatings by lane
 * @throws AgonError `seat/unknown`, `seat/policy`, and what a policy cannot be opened for
 */
export async function seatCompanions(
  open: OpenPolicies,
  spec: EnvironmentSpec,
  seatings: readonly Seating[],
  random: SeatRandom,
): Promise<Companions> {
  const crews = new Map<string, { rows: number[]; lanes: number[] }>()
  for (const [lane, seating] of seatings.entries()) {
    checkSeating(seating, spec, open.names)
    for (const [agent, name] of seatsByAgent(spec, seating)) {
      const crew = crews.get(name) ?? { rows: [], lanes: [] }
      crew.rows.push(lane * spec.agents + agent)
      crew.lanes.push(lane)
      crews.set(name, crew)
    }
  }
  const players: Player[] = []
  // In the order of their names: whoever comes first opens first.
  for (const [name, crew] of [...crews].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const found = await open.get(name)
    const streamOf = (lane: number): RandomStream => random(lane, name)
    players.push(
      found.kind === 'bot'
        ? botPlayer(found.bot, crew, streamOf)
        : policyPlayer(found.policy, spec, crew, streamOf),
    )
  }
  const seated = new Set([...crews.values()].flatMap(({ rows }) => rows))
  return {
    seated: (row) => seated.has(row),
    begin(lane) {
      for (const player of players) player.begin(lane)
    },
    async act(observations, actions, values) {
      for (const player of players) await player.act(observations, actions, values)
    },
  }
}

/** Agents in ascending order with the name of who plays them. */
function seatsByAgent({ seats }: EnvironmentSpec, seating: Seating): [number, string][] {
  return Object.entries(seating)
    .flatMap(([seat, name]) => seats[seat].map((agent): [number, string] => [agent, name]))
    .sort(([a], [b]) => a - b)
}

/** One stream a lane, from which its rows draw in their order. */
function streams(random: (lane: number) => RandomStream) {
  const byLane = new Map<number, RandomStream>()
  return {
    begin: (lane: number): void => void byLane.set(lane, random(lane)),
    of: (lane: number): RandomStream => byLane.get(lane) ?? random(lane),
  }
}

function botPlayer(
  bot: Bot,
  { rows, lanes }: Crew,
  random: (lane: number) => RandomStream,
): Player {
  const draws = streams(random)
  const laneOf = new Map(rows.map((row, i) => [row, lanes[i]]))
  return {
    begin: draws.begin,
    async act(observations, actions) {
      bot.act({ observations, rows, actions, random: (row) => draws.of(laneOf.get(row)!) })
    },
  }
}

function policyPlayer(
  policy: Policy,
  spec: EnvironmentSpec,
  { rows, lanes }: Crew,
  random: (lane: number) => RandomStream,
): Player {
  const draws = streams(random)
  const count = rows.length
  const width = actionWidth(spec.actions)
  const chosen = allocateActions(spec.actions, count)
  const shown: Record<string, Tensor> = {}
  for (const [name, { dtype, shape }] of Object.entries(spec.observations))
    shown[name] = tensor(dtype, [count, ...shape])
  const batch: ActBatch = {
    rows: count,
    ...seenBy(policy.card, shown),
    state: zeroState(policy.card, count),
    noise: tensor('float32', [count, ...actionShape(spec.actions)]),
  }
  return {
    begin(lane) {
      draws.begin(lane)
      for (let i = 0; i < count; i++) if (lanes[i] === lane) zeroRow(batch.state, i)
    },
    async act(observations, actions, values) {
      for (const name in shown) gather(observations[name], shown[name], rows)
      const { noise, state } = batch
      for (let i = 0; i < noise.data.length; i++)
        noise.data[i] = draws.of(lanes[Math.floor(i / width)]).uniform()
      const result = await policy.act(batch)
      for (const name in state) state[name].data.set(result.state[name].data as never)
      boundActions(spec.actions, result.action, chosen)
      for (let i = 0; i < count; i++) {
        checkAction(spec.actions, chosen, i, result.logProb[i])
        for (let j = 0; j < width; j++) actions[rows[i] * width + j] = chosen[i * width + j]
        if (values !== undefined && result.value !== undefined) values[rows[i]] = result.value[i]
      }
    },
  }
}

function gather(from: TypedArray, { data, shape }: Tensor, rows: readonly number[]): void {
  const width = elementCount(shape.slice(1))
  for (let i = 0; i < rows.length; i++)
    data.set(from.subarray(rows[i] * width, (rows[i] + 1) * width) as never, i * width)
}

/** A graph of weights that are not finite may well give an action, but not its probability. */
function checkAction(spec: ActionSpec, chosen: ActionArray, row: number, logProb: number): void {
  const fault = actionFault(spec, chosen, row)
  if (fault === null && !Number.isNaN(logProb)) return
  throw new AgonError(
    'policy/action',
    `a seated policy chose ${fault ?? 'an action with a log-probability that is no number'}`,
    { remedy: 'its weights may not be finite' },
  )
}

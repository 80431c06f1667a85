import type { RandomStream } from '../core/random.ts'
import type { Bot, EnvironmentSpec } from '../envs/contract.ts'
import { checkSeating } from './check-seating.ts'
import type { Companions, Seating } from './contract.ts'
import type { OpenPolicies } from './open-policies.ts'
import { botPlayer } from './players/bot-player.ts'
import type { Player } from './players/contract.ts'
import { policyPlayer } from './players/policy-player.ts'

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
  const bots = new Map<string, Bot>()
  // In the order of their names: whoever comes first opens first.
  for (const [name, crew] of [...crews].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const found = await open.get(name)
    const streamOf = (lane: number): RandomStream => random(lane, name)
    if (found.kind === 'bot') bots.set(name, found.bot)
    players.push(
      found.kind === 'bot'
        ? botPlayer(found.bot, crew, streamOf)
        : policyPlayer(found.policy, found.view, spec, crew, streamOf),
    )
  }
  const seated = new Set([...crews.values()].flatMap(({ rows }) => rows))
  return {
    seated: (row) => seated.has(row),
    levelOf: (lane, level) => levelAsSeated(seatings[lane], bots, level),
    begin(lane) {
      for (const player of players) player.begin(lane)
    },
    end(lane) {
      for (const player of players) player.end(lane)
    },
    async act(observations, actions, values) {
      // Each writes rows of its own: who is asked over the wire is waited for together.
      await Promise.all(players.map((player) => player.act(observations, actions, values)))
    },
  }
}

/** Agents in ascending order with the name of who plays them. */
function seatsByAgent({ seats }: EnvironmentSpec, seating: Seating): [number, string][] {
  return Object.entries(seating)
    .flatMap(([seat, name]) => seats[seat].map((agent): [number, string] => [agent, name]))
    .sort(([a], [b]) => a - b)
}

const levelAsSeated = (seating: Seating, bots: ReadonlyMap<string, Bot>, level: unknown): unknown =>
  Object.entries(seating).reduce(
    (seated, [seat, name]) => bots.get(name)?.level?.(seated, seat) ?? seated,
    level,
  )

import type { Bot } from '../../envs/contract.ts'
import type { Crew, LaneRandom, Player } from './contract.ts'
import { laneStreams } from './lane-streams.ts'

export function botPlayer(bot: Bot, { rows, lanes }: Crew, random: LaneRandom): Player {
  const draws = laneStreams(random)
  const laneOf = new Map(rows.map((row, i) => [row, lanes[i]]))
  const of = (row: number) => draws.of(laneOf.get(row)!)
  return {
    begin: draws.begin,
    // A rule costs nothing: it goes on where nobody looks.
    end: () => {},
    async act(observations, actions) {
      bot.act({ observations, rows, actions, random: of })
    },
  }
}

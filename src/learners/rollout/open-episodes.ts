import { stream } from '../../core/random.ts'
import type { AutoReset, Environment, VectorEnv } from '../../envs/contract.ts'
import { steppable } from '../../envs/steppable.ts'

export interface EpisodesRequest {
  readonly environment: Environment<unknown>
  /** By lane: what keys the randomness of its dynamics and of the levels that it draws. */
  readonly seeds: readonly number[]
  readonly autoReset: AutoReset
  /** Levels drawn so far, by lane; counted on. */
  readonly drawn: Int32Array
  /** Levels as they are played there, where that is not as they are. */
  readonly levelOf?: (lane: number, level: unknown) => unknown
  /** Whether rows may do what bots do. */
  readonly bots?: boolean
  /** Whether steps are lent memory for what is seen last of episodes that they cut. */
  readonly finals?: boolean
}

/** A vector environment whose level draws of `next-level` are keyed by the lane's seed and their number. */
export function openEpisodes(of: EpisodesRequest): VectorEnv<unknown> {
  const { environment, seeds, autoReset, drawn, levelOf = asItIs } = of
  const { levels } = environment
  return steppable(environment, 'a rollout steps it').vector({
    slots: seeds.length,
    autoReset,
    nextLevel: (lane) => levelOf(lane, levels.sample(stream(seeds[lane], 'next', ++drawn[lane]))),
    stream: (lane) => stream(seeds[lane], 'dynamics'),
    ...(of.bots === true ? { bots: true } : {}),
    ...(of.finals === true ? { finals: true } : {}),
    ...(of.finals === true && environment.givesDepartures === true ? { departures: true } : {}),
  })
}

const asItIs = (_: number, level: unknown): unknown => level

import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import type { HiddenEnvironment } from '../posterior-probe.ts'
import { probeOf } from '../probe-of.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import { environment as blindfold, createBlindfold } from './blindfold.ts'
import type { MarkedMaze } from './marked-maze.ts'
import { createTMaze, environment as tmaze } from './tmaze.ts'

const [LEFT, RIGHT, FORWARD] = [0, 1, 2]
const RUNS = 200

/** What is supposed at each step of one lane that plays `actions` in `level`. */
function supposed(
  environment: HiddenEnvironment<MarkedMaze>,
  level: MarkedMaze,
  actions: readonly number[],
  seed: number,
) {
  const vector = environment.vector({ slots: 1, autoReset: 'same-level' })
  const out = allocateStepBuffers(environment.spec, 1)
  vector.reset([0], [level], out.observations)
  const watched = {
    levels: [environment.levels.encode(level)],
    stream: () => stream(seed, 'test'),
  }
  const prober = probeOf(environment, 'posterior', [])(1, watched)
  prober.begin(out.observations)
  return actions.map((action) => {
    vector.step(Int32Array.of(action), out)
    prober.step(Int32Array.of(action), out)
    const { rewards = [], terminated = [] } = prober.supposed ?? {}
    return { reward: rewards[0], ended: terminated[0], unmatched: prober.extras(0).unmatched_steps }
  })
}

/** How often a step was supposed to end the episode, by step. */
function endings(
  environment: HiddenEnvironment<MarkedMaze>,
  level: MarkedMaze,
  actions: readonly number[],
): number[] {
  const counts = actions.map(() => 0)
  for (let seed = 0; seed < RUNS; seed++)
    supposed(environment, level, actions, seed).forEach(({ ended, unmatched }, t) => {
      expect(unmatched).toBe(0)
      counts[t] += ended
    })
  return counts.map((count) => count / RUNS)
}

/** Four standard errors of a share of RUNS. */
const error = (share: number): number => 4 * Math.sqrt((share * (1 - share)) / RUNS)

describe('the posterior of a T-maze', () => {
  const tMazes = createTMaze(
    tmaze.options.parse({
      maze: { height: 5, width: 7, nWalls: 6, view: 3, maxSteps: 6 },
    }) as never,
  )
  const hidden = tMazes.levels.parse('t-maze\n#######\n#######\n##G^.##\n#######\n#######\n')

  it('pays for either side as often, whichever the level has, and turns tell nothing', () => {
    let right = 0
    for (let seed = 0; seed < RUNS; seed++) {
      const steps = supposed(tMazes, hidden, [LEFT, LEFT, LEFT, FORWARD], seed)
      expect(steps.map(({ ended }) => ended)).toEqual([0, 0, 0, 1])
      expect(Math.abs(steps[3].reward)).toBe(1)
      if (steps[3].reward === 1) right++
    }
    expect(Math.abs(right / RUNS - 0.5)).toBeLessThan(error(0.5))
  })

  it('is the maze itself where nothing is hidden', () => {
    const plain: MarkedMaze = {
      marked: false,
      maze: tMazes.levels.parse('.......\n..>.G..\n.......\n.......\n.......\n').maze,
    }
    for (let seed = 0; seed < 10; seed++)
      expect(
        supposed(tMazes, plain, [FORWARD, RIGHT, LEFT, FORWARD], seed).map(({ ended }) => ended),
      ).toEqual([0, 0, 0, 1])
  })
})

describe('the posterior under a blindfold', () => {
  // Two cells in a row and no walls: the agent in one of them, looking one of four ways, the goal in the other.
  const corridor = createBlindfold(
    blindfold.options.parse({
      maze: { height: 1, width: 2, nWalls: 0, view: 3, maxSteps: 30 },
    }) as never,
  )
  const level: MarkedMaze = {
    marked: true,
    maze: corridor.levels.parse('^G').maze,
  }

  it('is the generator’s mazes, of which those are left that had not ended', () => {
    // By hand: one of four directions looks at the goal. Had the first step not ended it, turning right, of the three
    // others that are left, one looks there; and so on. The real one faces up: turned once it looks right, at the goal.
    const shares = endings(corridor, level, [FORWARD, RIGHT, FORWARD])
    expect(Math.abs(shares[0] - 1 / 4)).toBeLessThan(error(1 / 4))
    expect(shares[1]).toBe(0)
    expect(Math.abs(shares[2] - 1 / 3)).toBeLessThan(error(1 / 3))
    // Going the other way round, what has been looked at and was no goal is certain.
    const around = endings(corridor, level, [FORWARD, LEFT, FORWARD, LEFT, FORWARD, LEFT, FORWARD])
    expect(Math.abs(around[4] - 1 / 2)).toBeLessThan(error(1 / 2))
    expect(around[6]).toBe(1)
  })
})

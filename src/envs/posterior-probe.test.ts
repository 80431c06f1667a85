import { describe, expect, it } from 'vitest'
import { stream } from '../core/random.ts'
import type { SteppableEnvironment } from './contract.ts'
import { environment as endless } from './fixtures/endless.ts'
import { hiddenPrize } from './fixtures/hidden-prize.ts'
import { createHiddenGoal, hiddenGoalOptions, possibleGoals } from './hidden-goal/index.ts'
import { type MazeLevel, parseLevel } from './maze/index.ts'
import { type HiddenEnvironment, posteriorProbe } from './posterior-probe.ts'
import { probeOf } from './probe-of.ts'
import { allocateStepBuffers } from './step-buffers.ts'

const [LEFT, RIGHT, FORWARD] = [0, 1, 2]

const mazes = createHiddenGoal(
  hiddenGoalOptions.parse({ maze: { height: 2, width: 4, nWalls: 1, maxSteps: 40 } }),
)
/** The prior alone: what the history says is left to the probe. */
const prior: HiddenEnvironment<MazeLevel> = {
  ...mazes,
  resample: (level, random) => mazes.resample(level, random),
}
const LEVEL = parseLevel('>..#\n...G')

/** What is supposed at each step of one lane that plays `actions` in `level`, with the extras after the last. */
function play<L>(
  environment: HiddenEnvironment<L>,
  level: L,
  actions: readonly number[],
  seed: number,
) {
  const vector = environment.vector({ slots: 1, autoReset: 'same-level' })
  const out = allocateStepBuffers(environment.spec, 1)
  vector.reset([0], [level], out.observations)
  const prober = posteriorProbe(environment)(1, {
    levels: [environment.levels.encode(level)],
    stream: () => stream(seed, 'test'),
  })
  prober.begin(out.observations)
  const supposed = actions.map((action) => {
    vector.step(Int32Array.of(action), out)
    prober.step(Int32Array.of(action), out)
    const { rewards = [], terminated = [] } = prober.supposed ?? {}
    return { reward: rewards[0], ended: terminated[0], extras: prober.extras(0) }
  })
  return { supposed, extras: prober.extras(0) }
}

describe('the posterior', () => {
  // Down the corridor, one cell after the other: what has been entered is where the goal is not.
  const ACTIONS = [FORWARD, FORWARD, RIGHT, FORWARD, RIGHT, FORWARD]

  it.each([
    ['what the environment draws by the history', mazes],
    ['refusing draws of the prior', prior],
  ] as const)('is that of enumerating what may be hidden, by %s', (_, environment) => {
    const runs = 600
    const hits = new Float64Array(ACTIONS.length)
    for (let seed = 0; seed < runs; seed++)
      play(environment, LEVEL, ACTIONS, seed).supposed.forEach(({ reward, ended }, t) => {
        expect(reward > 0).toBe(ended === 1)
        hits[t] += ended
      })
    // By enumeration: of the goals that all steps so far leave possible, the share that the step would enter.
    const free = [1, 2, 4, 5, 6, 7].map((goal) => ({ ...LEVEL, goal }))
    ACTIONS.forEach((_, t) => {
      const left = free.filter((level) => !endsWithin(level, ACTIONS.slice(0, t)))
      const ended = left.filter((level) => endsWithin(level, ACTIONS.slice(0, t + 1)))
      const share = ended.length / left.length
      const error = Math.sqrt((share * (1 - share)) / runs)
      expect(Math.abs(hits[t] / runs - share), `step ${t}`).toBeLessThanOrEqual(4 * error)
    })
  })

  it('is the prior where nothing is known: the first box half of the time', () => {
    const environment = hiddenPrize as HiddenEnvironment<{ boxes: number; prize: number }>
    let prizes = 0
    for (let seed = 0; seed < 600; seed++)
      prizes += play(environment, { boxes: 4, prize: 3 }, [0], seed).supposed[0].reward
    expect(prizes / 600).toBeGreaterThan(0.42)
    expect(prizes / 600).toBeLessThan(0.58)
  })

  it('leaves the cells that were not entered, and those alone', () => {
    expect([...possibleGoals(LEVEL, ACTIONS, false)]).toEqual([0, 0, 0, 0, 1, 0, 0, 1])
    // A turn, a wall and the border enter nothing.
    expect([...possibleGoals(LEVEL, [LEFT, FORWARD, RIGHT, RIGHT, RIGHT, FORWARD], false)]).toEqual(
      [0, 1, 1, 0, 1, 1, 1, 1],
    )
    const walled = parseLevel('>#.#\n.#.G')
    expect([...possibleGoals(walled, [], true)]).toEqual([0, 0, 0, 0, 1, 0, 0, 0])
  })
})

function endsWithin(level: MazeLevel, actions: readonly number[]): boolean {
  const vector = mazes.vector({ slots: 1, autoReset: 'none' })
  const out = allocateStepBuffers(mazes.spec, 1)
  vector.reset([0], [level], out.observations)
  for (const action of actions) vector.step(Int32Array.of(action), out)
  return actions.length > 0 && out.terminated[0] === 1
}

describe('the posterior probe', () => {
  it('sums supposed rewards episode by episode, and begins anew with each', () => {
    const environment = hiddenPrize as HiddenEnvironment<{ boxes: number; prize: number }>
    const { supposed } = play(environment, { boxes: 3, prize: 0 }, [0, 0, 1, 2], 5)
    for (const { reward, extras } of supposed)
      expect(extras).toEqual({ fictitious_return: reward, unmatched_steps: 0 })
  })

  it('supposes the level itself where no draw fits what was seen, and counts the steps', () => {
    // A prior that never draws the truth: goals near the start alone, which the first step enters.
    const stubborn: HiddenEnvironment<MazeLevel> = {
      ...mazes,
      resample: (level) => ({ ...level, goal: 1 }),
    }
    const { supposed, extras } = play(stubborn, LEVEL, [FORWARD, FORWARD, FORWARD], 1)
    expect(supposed.map(({ ended }) => ended)).toEqual([1, 0, 0])
    expect(extras).toMatchObject({ unmatched_steps: 2 })
  })

  it('keeps lanes apart: a lane beside another supposes what it supposes alone', () => {
    const alone = play(mazes, LEVEL, [FORWARD, FORWARD, RIGHT, FORWARD], 7).supposed
    const vector = mazes.vector({ slots: 2, autoReset: 'same-level' })
    const out = allocateStepBuffers(mazes.spec, 2)
    const other = parseLevel('>..G\n....')
    vector.reset([0, 1], [other, LEVEL], out.observations)
    const prober = probeOf(
      mazes,
      'posterior',
      [],
    )(2, {
      levels: [other, LEVEL].map(mazes.levels.encode),
      stream: (lane) => stream(lane === 1 ? 7 : 3, 'test'),
    })
    prober.begin(out.observations)
    const beside = [FORWARD, FORWARD, RIGHT, FORWARD].map((action) => {
      const actions = Int32Array.of(RIGHT, action)
      vector.step(actions, out)
      prober.step(actions, out)
      return prober.supposed?.rewards[1]
    })
    expect(beside).toEqual(alone.map(({ reward }) => reward))
  })

  it('refuses lanes whose levels it does not know, and dice thrown on the way', () => {
    expect(() => posteriorProbe(mazes)(1)).toThrow(
      expect.objectContaining({ code: 'probe/levels' }),
    )
    let dice = 0
    const plain = endless.create({
      steps: 10,
      clock: true,
      finals: false,
    }) as SteppableEnvironment<unknown>
    const tossed = {
      ...plain,
      resample: (level: unknown) => level,
      vector: (options: Parameters<typeof plain.vector>[0]) => {
        const made = plain.vector(options)
        return {
          ...made,
          step(actions: Int32Array, out: Parameters<typeof made.step>[1]) {
            made.step(actions, out)
            for (const values of Object.values(out.observations))
              (values as Float32Array).fill(++dice % 100)
          },
        }
      },
    } as HiddenEnvironment<unknown>
    const level = plain.levels.sample(stream(1))
    expect(() => play(tossed, level, [0, 0], 1)).toThrow(
      expect.objectContaining({ code: 'probe/chance' }),
    )
  })

  it('is found by its name beside the others', () => {
    expect(mazes.probes).toEqual(['overlap', 'overlap-by-step', 'posterior'])
    expect(() => probeOf(mazes, 'postrior', [])).toThrow(
      expect.objectContaining({ fields: expect.objectContaining({ nearest: 'posterior' }) }),
    )
  })
})

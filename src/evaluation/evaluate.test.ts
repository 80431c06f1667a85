import { describe, expect, it } from 'vitest'
import { AgonError } from '../core/errors.ts'
import { RandomStream, stream } from '../core/random.ts'
import { openPolicy } from '../inference/policy.ts'
import { randomPolicy } from '../inference/random-policy.ts'
import { measurePolicy } from './evaluate.ts'
import { corridor, walker } from './fixtures/walker.ts'
import { PIECE_PAIRS } from './piece.ts'

const SHORT = { suite: 'corridor/short', episodes: 4, seed: 1 }

async function measure(pull: number, request: Parameters<typeof measurePolicy>[2], options = {}) {
  const policy = await openPolicy(walker(pull))
  try {
    return await measurePolicy(policy, corridor(options), request, 'abc')
  } finally {
    await policy.release()
  }
}

describe('measurePolicy', () => {
  it('measures fixed and drawn levels of a suite', async () => {
    const right = await measure(50, SHORT)
    expect(right.levels.map((level) => level.name)).toEqual(['Three', 'Nine', 'Drawn'])
    expect(right).toMatchObject({ solvedRate: 1, meanReturn: 1, policySha256: 'abc', seed: 1 })
    expect(right.levels[0]).toMatchObject({ meanLength: 2, lengths: [2, 2, 2, 2] })
    expect(right.levels[1]).toMatchObject({ meanLength: 4 })
    expect(new Set(right.levels[2].lengths).size).toBeGreaterThan(1)
    expect(right.solvedInterval).toEqual([1, 1])
    const left = await measure(-50, SHORT)
    expect(left).toMatchObject({ solvedRate: 0, meanReturn: 0, solvedInterval: [0, 0] })
    expect(left.levels[0].lengths).toEqual([12, 12, 12, 12])
  })

  it('agrees with an episode played alone by its own streams', async () => {
    const report = await measure(0.3, { suite: 'random:40', episodes: 3, seed: 9 }, { slip: 0.2 })
    const goRight = 1 / (1 + Math.exp(-0.3))
    for (const [i, level] of report.levels.entries()) {
      const { length, start } = corridor().levels.sample(stream(9, 'evaluation', 'random', i))
      for (let episode = 0; episode < 3; episode++) {
        const noise = stream(9, 'evaluation', 'random', `random-${i}`, episode)
        const slips = stream(9, 'evaluation', 'random', `random-${i}`, episode, 'dynamics')
        let at = start
        let steps = 0
        while (at < length - 1 && steps < 4 * length) {
          const right = noise.uniform() >= Math.fround(1 - goRight)
          if (slips.uniform() >= 0.2) at = Math.max(0, at + (right ? 1 : -1))
          steps++
        }
        expect(level.lengths[episode]).toBe(steps)
        expect(level.returns[episode]).toBe(at === length - 1 ? 1 : 0)
      }
    }
  })

  it('gives a level the same result whatever stands beside it', async () => {
    const few = await measure(0.2, { suite: 'random:7', episodes: 5, seed: 3 })
    const many = await measure(0.2, { suite: 'random:90', episodes: 5, seed: 3 })
    expect(90 * 5).toBeGreaterThan(PIECE_PAIRS)
    expect(many.levels.slice(0, 7)).toEqual(few.levels)
    const joined = await measure(0.2, {
      suite: 'corridor/short+random:7',
      episodes: 5,
      seed: 3,
    })
    const behind = joined.levels.slice(3)
    expect(behind.map((level) => level.name)).toEqual(
      few.levels.map((level) => `random:7/${level.name}`),
    )
    expect(behind.map((level) => level.returns)).toEqual(few.levels.map((level) => level.returns))
  })

  it('starts every episode from zero state', async () => {
    // The pull grows with the steps of the episode: a state left over from another one would shorten the next.
    const policy = await openPolicy(walker(-2, 0.2))
    const report = await measurePolicy(policy, corridor(), {
      suite: 'random:1',
      episodes: 200,
      seed: 4,
    })
    await policy.release()
    const { lengths } = report.levels[0]
    const early = lengths.slice(0, 32).reduce((sum, length) => sum + length, 0) / 32
    const late = lengths.slice(168).reduce((sum, length) => sum + length, 0) / 32
    expect(Math.abs(early - late)).toBeLessThan(0.25 * early)
  })

  it('records what is needed to play an episode again', async () => {
    const report = await measure(1, { ...SHORT, record: 2 }, { slip: 0.2 })
    expect(report.recordings.map((recording) => recording.name)).toEqual(
      ['Three', 'Nine', 'Drawn'].flatMap((name) => [name, name]),
    )
    const world = corridor({ slip: 0.2 })
    for (const [i, recording] of report.recordings.entries()) {
      const vector = world.vector({
        slots: 1,
        autoReset: 'none',
        stream: () => RandomStream.load(recording.dynamics),
      })
      const observations = { position: new Float32Array(1) }
      const rewards = new Float32Array(1)
      const flags = () => new Uint8Array(1)
      const out = { observations, rewards, terminated: flags(), truncated: flags() }
      vector.reset([0], [world.levels.decode(recording.level)], observations)
      let sum = 0
      for (const action of recording.actions) {
        vector.step(Int32Array.of(action), out)
        sum += rewards[0]
      }
      expect(out.terminated[0] + out.truncated[0]).toBe(1)
      expect(sum).toBe(recording.return)
      expect(recording.solved).toBe(sum > 0)
      const level = report.levels.find((each) => each.name === recording.name)
      expect(recording.actions).toHaveLength(level?.lengths[i % 2] ?? -1)
    }
  })

  it('measures the user’s own levels and the uniform baseline', async () => {
    const world = corridor()
    const levels = { mine: world.levels.encode({ length: 3, start: 1 }) }
    const policy = randomPolicy(walker(0).card)
    const report = await measurePolicy(policy, world, {
      suite: '',
      levels,
      episodes: 100,
      seed: 2,
    })
    expect(report).toMatchObject({ suite: 'levels', policySha256: '' })
    expect(report.levels[0].name).toBe('mine')
    // A fair walk from one cell before the goal, with 12 steps: nearly always there.
    expect(report.levels[0].solvedRate).toBeGreaterThan(0.9)
    const bad = { odd: world.levels.encode({ length: 3, start: 5 }) }
    await expect(
      measurePolicy(policy, world, { suite: '', levels: bad, episodes: 1, seed: 2 }),
    ).rejects.toMatchObject({ code: 'level/invalid', place: 'odd' })
  })

  it.each([
    [{ suite: 'random:0' }, 'suite/unknown'],
    [{ suite: 'random:many' }, 'suite/unknown'],
    [{ suite: 'corridor/long' }, 'suite/unknown'],
    [{ suite: 'corridor/short+corridor/short' }, 'evaluation/request'],
    [{ suite: 'corridor/short+' }, 'evaluation/request'],
    [{ episodes: 0 }, 'evaluation/request'],
    [{ seed: 0.5 }, 'evaluation/request'],
    [{ record: -1 }, 'evaluation/request'],
    [{ levels: {} }, 'evaluation/request'],
  ])('refuses %o', async (change, code) => {
    await expect(measure(0, { ...SHORT, ...change })).rejects.toMatchObject({ code })
  })

  it('gives the observation mask to a policy that takes one, and no other', async () => {
    const world = corridor()
    const mask = { dtype: 'float32', shape: [2] } as const
    const spec = { ...world.spec, observations: { ...world.spec.observations, mask } }
    const vector: typeof world.vector = (options) => {
      const env = world.vector(options)
      const { reset, step } = env
      env.reset = (lanes, levels, out) => {
        reset.call(env, lanes, levels, out)
        for (let i = 0; i < lanes.length; i++) out.mask.set([0, 1] as never, 2 * lanes[i])
      }
      env.step = (actions, out) => step.call(env, actions, out)
      return env
    }
    const masked = { ...walker(0).card, mask: true }
    const policy = randomPolicy(masked)
    const report = await measurePolicy(policy, { ...world, spec, vector }, SHORT)
    // Only the right is allowed.
    expect(report).toMatchObject({ solvedRate: 1 })
    expect(report.levels[0].lengths).toEqual([2, 2, 2, 2])
    await expect(measurePolicy(policy, world, SHORT)).rejects.toMatchObject({
      code: 'policy/observations',
    })
    await expect(
      measurePolicy(randomPolicy(walker(0).card), { ...world, spec, vector }, SHORT),
    ).rejects.toMatchObject({ code: 'policy/observations' })
  })

  it('says in which level an environment refuses to start', async () => {
    const world = corridor()
    const vector: typeof world.vector = (options) => {
      const env = world.vector(options)
      env.reset = () => {
        throw new AgonError('level/invalid', 'too long', { place: 'size' })
      }
      return env
    }
    await expect(
      measurePolicy(randomPolicy(walker(0).card), { ...world, vector }, SHORT),
    ).rejects.toMatchObject({ code: 'level/invalid', place: 'Three, size' })
  })

  it('refuses a policy of another profile, and an action that does not exist', async () => {
    await expect(measure(0, SHORT, { profile: 'odd' })).rejects.toMatchObject({
      code: 'policy/profile',
    })
    const policy = {
      ...randomPolicy(walker(0).card),
      act: async ({ rows }: { rows: number }) => ({
        action: new Int32Array(rows).fill(7),
        logProb: new Float32Array(rows),
        logits: new Float32Array(2 * rows),
        state: {},
      }),
    }
    await expect(measurePolicy(policy, corridor(), SHORT)).rejects.toMatchObject({
      code: 'policy/action',
      place: 'Three, step 0',
    })
    const diverged = await openPolicy(walker(Number.NaN))
    await expect(measurePolicy(diverged, corridor(), SHORT)).rejects.toMatchObject({
      code: 'policy/action',
      message: expect.stringContaining('log-probability that is no number'),
    })
    await diverged.release()
  })
})

import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { nativeHere } from './native/testing/native-here.ts'
import { footballOptions } from './options.ts'
import { football, play } from './testing/play.ts'

const native = nativeHere()!

describe('options', () => {
  it('parse to themselves, with every default written out', () => {
    const options = footballOptions.parse({})
    expect(footballOptions.parse(options)).toEqual(options)
    expect(Object.values(options)).not.toContain(undefined)
    const given = { leftControllable: [1, 2], leftAgents: 2, stacked: true, gameDuration: 12 }
    expect(footballOptions.parse(footballOptions.parse(given))).toMatchObject(given)
  })

  it.each([
    [{ leftAgents: 12 }, 'leftAgents'],
    [{ leftAgents: 0 }, 'leftAgents'],
    [{ stacked: true, representation: 'raw' }, 'stacked'],
    [{ stacked: true, representation: 'tizero' }, 'stacked'],
    [{ leftControllable: [1], leftAgents: 2 }, 'leftControllable'],
    [{ rightControllable: [1, 1], rightAgents: 1 }, 'rightControllable'],
    [{ leftControllable: [11] }, 'leftControllable'],
    [{ rightDifficulty: 2 }, 'rightDifficulty'],
    [{ maxY: 0.5 }, 'maxY'],
    [{ gameDuration: 0 }, 'gameDuration'],
    [{ rewards: 'goals' }, 'rewards'],
    [{ device: 'tpu' }, 'device'],
    [{ scenarioo: 'x' }, undefined],
  ])('refuse %j at %s', (given, field) => {
    const { success, error } = footballOptions.safeParse(given)
    expect(success).toBe(false)
    expect(error?.issues[0].path[0]).toBe(field)
  })
})

describe.skipIf(nativeHere() === null)('the environment', () => {
  it('says what it is', () => {
    const { spec } = football(native, { actionSet: 'v2', leftAgents: 2, rightAgents: 1 })
    expect(spec).toMatchObject({
      id: 'football',
      profile: 'simple115v2',
      observations: { obs: { dtype: 'float32', shape: [115] } },
      agents: 3,
    })
    expect(spec.actions).toMatchObject({ kind: 'discrete', count: 20 })
    expect(spec.actions.names?.[19]).toBe('builtin_ai')
    expect(football(native, {}).spec.actions.names).toHaveLength(19)
    const stacked = football(native, { representation: 'extracted', stacked: true }).spec
    expect(stacked.observations).toEqual({
      minimap: { dtype: 'uint8', shape: [72, 96, 16], low: 0, high: 255 },
    })
    expect(stacked.profile).toBe('extracted-stacked')
  })

  it('has no scenario that there is not', () => {
    expect(() => football(native, { scenario: 'academy_emptygoal' })).toThrow(
      expect.objectContaining({
        code: 'football/scenario',
        remedy: expect.stringContaining("did you mean 'academy_empty_goal'?"),
      }),
    )
  })

  it('samples and changes levels that it can play, from the stream alone', () => {
    for (const scenario of native.scenarios)
      for (const generator of ['scenario', 'around', 'random']) {
        const { levels } = football(native, { scenario, generator })
        const [a, b] = [0, 1].map(() => levels.sample(stream(scenario, generator)))
        expect(levels.key(a)).toBe(levels.key(b))
        expect(levels.validate(a), `${scenario} ${generator}`).toBeNull()
        const child = levels.mutate(a, stream(scenario, 'mutate'))
        expect(child.operator).toBe('move')
        expect(levels.validate(child.level)).toBeNull()
        expect(levels.key(child.level)).not.toBe(levels.key(a))
      }
  })

  it('knows every built-in scenario as a suite, in both formations', () => {
    const env = football(native, {})
    expect(env.suites).toEqual([
      'football/academy',
      'football/11_vs_11',
      'football/small-sided',
      'football/tests',
      'football/all',
    ])
    const counts = env.suites.map((id) => env.suite(id).entries.length)
    expect(counts).toEqual([11, 5, 2, 17, 35])
    const names = env.suite('football/all').entries.map(({ name }) => name)
    expect(names).toEqual(native.scenarios)
    for (const { name, level } of env.suite('football/all').entries)
      for (const episode of [0, 1]) {
        const one = level(stream(1), episode)
        expect(env.levels.validate(one)).toBeNull()
        expect(one).toEqual(native.scenario(name, episode))
      }
    const [competition] = env.suite('football/11_vs_11').entries
    expect(competition.level(stream(1), 0)).not.toEqual(competition.level(stream(1), 1))
    expect(() => env.suite('football/acadamy')).toThrow(
      expect.objectContaining({
        code: 'suite/unknown',
        fields: expect.objectContaining({ nearest: 'football/academy' }),
      }),
    )
  })

  it.each(['raw', 'simple115v2', 'extracted'])(
    'plays every built-in scenario in both formations, with finite observations: %s',
    (representation) => {
      for (const scenario of native.scenarios) {
        const env = football(native, { scenario, representation, rightAgents: 1, actionSet: 'v2' })
        const of = play(env, {
          slots: 2,
          autoReset: 'next-level',
          nextLevel: (lane) => native.scenario(scenario, lane),
        })
        of.vector.reset(
          [0, 1],
          [0, 1].map((episode) => native.scenario(scenario, episode)),
          of.out.observations,
        )
        for (let t = 0; t < 60; t++) of.step()
        for (const name of Object.keys(env.spec.observations))
          expect(of.numbers(name).every(Number.isFinite), `${scenario} ${name}`).toBe(true)
        of.vector.close?.()
      }
    },
  )

  it('offers of the suites what it can seat and show', () => {
    const eleven = football(native, { representation: 'tizero', leftAgents: 10 })
    const names = eleven.suite('football/academy').entries.map(({ name }) => name)
    expect(names).toContain('academy_corner')
    expect(names).not.toContain('academy_empty_goal')
    expect(eleven.suites).not.toContain('football/small-sided')
  })

  it('says why it cannot play a level', () => {
    const { levels } = football(native, { representation: 'grf-marl', leftAgents: 10 })
    expect(levels.validate(native.scenario('5_vs_5', 0))).toMatch(/5 against 5 players/)
    const eleven = native.scenario('11_vs_11_stochastic', 0)
    expect(levels.validate(eleven)).toBeNull()
    const fixed = eleven.left.map((player, k) => ({ ...player, controllable: k > 3 }))
    expect(levels.validate({ ...eleven, left: fixed })).toMatch(/10 agents play the left team/)
  })

  it('says what this machine lacks for its device, and nothing of another', () => {
    const fault = native.cudaFault()
    const onGpu = football(native, { device: 'cuda' }).machineFault?.()
    expect(onGpu ?? null).toEqual(
      fault === null
        ? null
        : { code: 'football/device', message: fault, remedy: expect.stringContaining('cpu') },
    )
    expect(football(native, {}).machineFault?.()).toBeNull()
  })

  it('draws levels and games', () => {
    const env = football(native, { scenario: '5_vs_5' })
    const level = env.levels.sample(stream(1))
    const picture = env.levels.draw!(level)
    expect(picture).toMatch(/^<svg .*<\/svg>$/)
    expect(picture.match(/>GK</g)).toHaveLength(2)
    // Five circles a team, the ball, and those of the pitch.
    expect(picture.match(/<circle r="1.75"/g)).toHaveLength(10)
    const of = play(env)
    const before = env.drawState!(of.vector.save(0))
    for (let t = 0; t < 20; t++) of.step([5])
    const after = env.drawState!(of.vector.save(0))
    expect(before).toMatch(/3001 steps left/)
    expect(after).toMatch(/2981 steps left/)
    expect(after.match(/<circle r="1.75"/g)).toHaveLength(10)
    expect(after).not.toBe(before)
  })
})

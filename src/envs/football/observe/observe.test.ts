import { describe, expect, it } from 'vitest'
import { elementCount } from '../../../core/tensor.ts'
import { nativeHere } from '../native/testing/native-here.ts'
import { football, type Play, play } from '../testing/play.ts'

const native = nativeHere()!
const STEPS = 60

/** Two views of the same games: the same levels, streams and hands. */
function both(scenario: object, first: object, second: object): readonly [Play, Play] {
  const [a, b] = [first, second].map((given) =>
    play(football(native, { ...scenario, ...given }), { slots: 2 }),
  )
  return [a, b]
}

const row = (of: Play, name: string, index: number): readonly number[] => {
  const size = elementCount(of.env.spec.observations[name].shape)
  return of.numbers(name).slice(index * size, (index + 1) * size)
}

/** simple115v2 and the mini-map by their definition, from raw fields. */
function simple115v2(raw: Play, index: number): number[] {
  const field = (name: string): readonly number[] => row(raw, name, index)
  const padded = (values: readonly number[]): number[] => [
    ...values,
    ...Array<number>(22 - values.length).fill(-1),
  ]
  const oneHot = (length: number, at: number): number[] =>
    Array.from({ length }, (_, i) => (i === at ? 1 : 0))
  const [owner] = field('ball_owned_team')
  return [
    ...padded(field('left_team')),
    ...padded(field('left_team_direction')),
    ...padded(field('right_team')),
    ...padded(field('right_team_direction')),
    ...field('ball'),
    ...field('ball_direction'),
    ...oneHot(3, owner + 1),
    ...oneHot(11, field('active')[0]),
    ...oneHot(7, field('game_mode')[0]),
  ].map(Math.fround)
}

function minimap(raw: Play, index: number): Uint8Array {
  const map = new Uint8Array(72 * 96 * 4)
  const mark = (x: number, y: number, channel: number): void => {
    const pixel = (value: number, most: number, size: number): number =>
      Math.min(size - 1, Math.max(0, Math.floor(((value + most) / (2 * most)) * size)))
    map[(pixel(y, 1 / 2.25, 72) * 96 + pixel(x, 1, 96)) * 4 + channel] = 255
  }
  for (const [channel, name] of ['left_team', 'right_team'].entries()) {
    const places = row(raw, name, index)
    for (let i = 0; i < places.length; i += 2) mark(places[i], places[i + 1], channel)
  }
  const [ballX, ballY] = row(raw, 'ball', index)
  mark(ballX, ballY, 2)
  const [active] = row(raw, 'active', index)
  const left = row(raw, 'left_team', index)
  mark(left[2 * active], left[2 * active + 1], 3)
  return map
}

describe.skipIf(nativeHere() === null)('observations', () => {
  const TWO = { leftAgents: 2, rightAgents: 2, representation: 'raw' }

  it('are the fields of the reference, in its shapes and types', () => {
    const { observations } = football(native, {
      scenario: 'academy_3_vs_1_with_keeper',
      representation: 'raw',
    }).spec
    const shapes = Object.fromEntries(
      Object.entries(observations).map(([name, { dtype, shape }]) => [name, `${dtype} [${shape}]`]),
    )
    expect(shapes).toEqual({
      ball: 'float64 [3]',
      ball_direction: 'float64 [3]',
      ball_rotation: 'float64 [3]',
      ball_owned_team: 'int32 []',
      ball_owned_player: 'int32 []',
      left_team: 'float64 [4,2]',
      left_team_direction: 'float64 [4,2]',
      left_team_tired_factor: 'float64 [4]',
      left_team_yellow_card: 'bool [4]',
      left_team_active: 'bool [4]',
      left_team_roles: 'int32 [4]',
      right_team: 'float64 [2,2]',
      right_team_direction: 'float64 [2,2]',
      right_team_tired_factor: 'float64 [2]',
      right_team_yellow_card: 'bool [2]',
      right_team_active: 'bool [2]',
      right_team_roles: 'int32 [2]',
      active: 'int32 []',
      designated: 'int32 []',
      sticky_actions: 'uint8 [10]',
      score: 'int32 [2]',
      steps_left: 'int32 []',
      game_mode: 'int32 []',
    })
  })

  it('show the teams of different sizes whole to agents of either', () => {
    const scenario = 'academy_3_vs_1_with_keeper'
    const both = play(football(native, { scenario, representation: 'raw', rightAgents: 1 }))
    const turned = (values: readonly number[]): number[] => values.map((value) => -value + 0)
    const [own, other] = [row(both, 'left_team', 0), row(both, 'right_team', 0)]
    expect(own).toHaveLength(8)
    expect(other.slice(4)).toEqual([0, 0, 0, 0])
    expect(row(both, 'right_team', 1)).toEqual(turned(own))
    expect(row(both, 'left_team', 1)).toEqual(turned(other))
    const right = { scenario, representation: 'raw', leftAgents: 0, rightAgents: 1 }
    const alone = play(football(native, right))
    expect(row(alone, 'left_team', 0)).toEqual(turned(other.slice(0, 4)))
    expect(row(alone, 'right_team', 0)).toEqual(turned(own))
  })

  it('begin as the reference reads its start positions back', () => {
    const raw = play(
      football(native, { scenario: 'academy_3_vs_1_with_keeper', representation: 'raw' }),
    )
    const left = row(raw, 'left_team', 0)
    for (const [i, value] of [-1, 0, 0.6, 0, 0.7, 0.2, 0.7, -0.2].entries())
      expect(left[i]).toBeCloseTo(value * (i % 2 === 0 ? 1.01103 : 1.01627), 4)
    // The right team stands in its own frame.
    expect(row(raw, 'right_team', 0)[0]).toBeCloseTo(1.01103, 4)
    expect(row(raw, 'right_team', 0)[2]).toBeCloseTo(0.75 * 1.01103, 4)
    for (const [i, value] of [0.62, 0, 0.11].entries())
      expect(row(raw, 'ball', 0)[i]).toBeCloseTo(value, 5)
    expect(row(raw, 'left_team_roles', 0)).toEqual([0, 5, 5, 5])
    expect(row(raw, 'right_team_roles', 0)).toEqual([0, 1])
    expect(row(raw, 'left_team_active', 0)).toEqual([1, 1, 1, 1])
    expect(row(raw, 'steps_left', 0)).toEqual([401])
    expect(row(raw, 'score', 0)).toEqual([0, 0])
    expect(row(raw, 'game_mode', 0)).toEqual([0])
  })

  it('turn the pitch for the right team: rows are left agents first', () => {
    const raw = play(football(native, { ...TWO, scenario: '5_vs_5' }), { slots: 2 })
    let moved = false
    for (let t = 0; t < STEPS; t++) {
      raw.step()
      for (const lane of [0, 4]) {
        const [l, r] = [lane, lane + 2]
        const turned = (name: string): number[] => row(raw, name, r).map((value) => -value + 0)
        expect(row(raw, 'left_team', l)).toEqual(turned('right_team'))
        expect(row(raw, 'right_team_direction', l)).toEqual(turned('left_team_direction'))
        const ball = row(raw, 'ball', l)
        expect(ball).toEqual([...turned('ball').slice(0, 2), row(raw, 'ball', r)[2]])
        expect(row(raw, 'ball_rotation', l)).toEqual(row(raw, 'ball_rotation', r))
        const [owner, seen] = [row(raw, 'ball_owned_team', l)[0], row(raw, 'ball_owned_team', r)[0]]
        expect(seen).toBe(owner === -1 ? -1 : 1 - owner)
        expect(row(raw, 'score', l)).toEqual([...row(raw, 'score', r)].reverse())
        moved ||= Math.hypot(ball[0], ball[1]) > 0.05
      }
    }
    expect(moved).toBe(true)
  })

  it.each(['5_vs_5', '11_vs_11_stochastic', 'academy_corner'])(
    'as 115 numbers and as a mini-map are what their definition makes of the raw fields: %s',
    (scenario) => {
      const [raw, floats] = both({ ...TWO, scenario }, {}, { representation: 'simple115v2' })
      const [, maps] = both({ ...TWO, scenario }, {}, { representation: 'extracted' })
      for (let t = 0; t < STEPS; t++) {
        for (let agent = 0; agent < 8; agent++) {
          expect(row(floats, 'obs', agent)).toEqual(simple115v2(raw, agent))
          const map = maps.out.observations.minimap as Uint8Array
          const size = 72 * 96 * 4
          const same = Buffer.compare(
            map.subarray(agent * size, (agent + 1) * size),
            minimap(raw, agent),
          )
          expect(same).toBe(0)
        }
        for (const one of [raw, floats, maps]) one.step()
      }
    },
  )

  it('of the older simple115 are padded once, at the end', () => {
    const scenario = { ...TWO, scenario: '5_vs_5' }
    const [older, v2] = both(
      scenario,
      { representation: 'simple115' },
      { representation: 'simple115v2' },
    )
    const [a, b] = [row(older, 'obs', 1), row(v2, 'obs', 1)]
    expect(a.slice(0, 10)).toEqual(b.slice(0, 10))
    expect(a.slice(10, 20)).toEqual(b.slice(22, 32))
    expect(a.slice(40, 88)).toEqual(Array(48).fill(-1))
    expect(a.slice(88)).toEqual(b.slice(88))
  })

  it.each([
    ['simple115v2', 'obs', 115, 1],
    ['simple115', 'obs', 115, 1],
    ['extracted', 'minimap', 4, 72 * 96],
  ] as const)(
    'stacked are the last four on the last axis, the first repeated after every reset: %s',
    (representation, name, channels, cells) => {
      const scenario = {
        scenario: 'academy_empty_goal_close',
        gameDuration: 9,
        endEpisodeOnScore: false,
        endEpisodeOnOutOfPlay: false,
        endEpisodeOnPossessionChange: false,
        representation,
      }
      const [plain, stacked] = [false, true].map((on) =>
        play(football(native, { ...scenario, stacked: on }), { slots: 2, autoReset: 'same-level' }),
      )
      expect(stacked.env.spec.profile).toBe(`${representation}-stacked`)
      const past: (readonly number[])[][] = [[], []]
      for (let t = 0; t < 13; t++) {
        for (const lane of [0, 1]) {
          const now = row(plain, name, lane)
          const frames = past[lane]
          if (t % 10 === 0) frames.splice(0, 4, now, now, now, now)
          else frames.splice(0, 4, ...frames.slice(1), now)
          const seen = row(stacked, name, lane)
          expect(seen).toHaveLength(4 * now.length)
          for (const cell of [0, Math.floor(cells / 2), cells - 1])
            for (let frame = 0; frame < 4; frame++)
              for (let i = 0; i < channels; i++)
                if (seen[(cell * 4 + frame) * channels + i] !== frames[frame][cell * channels + i])
                  throw new Error(`step ${t}, cell ${cell}, frame ${frame}, channel ${i}`)
          const sums = [seen, frames.flat()].map((all) => all.reduce((sum, one) => sum + one, 0))
          expect(sums[0]).toBeCloseTo(sums[1], 6)
        }
        for (const one of [plain, stacked]) one.step(t % 10 < 3 ? [5, 5] : [12, 5])
      }
    },
  )

  it('of TiZero carry their mask, those of GRF MARL begin with it', () => {
    const eleven = {
      scenario: '11_vs_11_kaggle',
      leftAgents: 10,
      leftControllable: 'outfield',
    }
    const [tizero, marl] = both(
      eleven,
      { representation: 'tizero' },
      { representation: 'grf-marl' },
    )
    expect(tizero.env.spec.observations).toEqual({
      obs: { dtype: 'float32', shape: [330] },
      mask: { dtype: 'float32', shape: [20], low: 0, high: 1 },
    })
    for (let t = 0; t < STEPS; t++) {
      for (let agent = 0; agent < 20; agent++) {
        // Column 0 is the player: agent i of a lane plays the i-th outfield player.
        expect(row(tizero, 'obs', agent)[0]).toBe(1 + (agent % 10))
        const mask = row(tizero, 'mask', agent)
        expect(mask.slice(0, 19)).toContain(1)
        expect(mask.every((bit) => bit === 0 || bit === 1)).toBe(true)
        expect(mask[19]).toBe(0)
        expect(row(marl, 'obs', agent).slice(0, 19)).toContain(1)
      }
      for (const one of [tizero, marl]) one.step()
    }
  })
})

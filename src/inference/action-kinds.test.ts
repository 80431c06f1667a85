import { describe, expect, it } from 'vitest'
import type { ActionSpec } from '../core/action-space.ts'
import { tensor } from '../core/tensor.ts'
import { actionMask } from './action-mask.ts'
import { formatCard, parseCard } from './card.ts'
import type { PolicyCard } from './contract.ts'
import { decodeParameters } from './decode-parameters.ts'
import { checkGraph, checkSetting } from './policy-fit.ts'
import { randomPolicy } from './random-policy.ts'

const PADS: ActionSpec = { kind: 'multi-discrete', counts: [3, 2] }
const ARM: ActionSpec = { kind: 'box', shape: [3], low: [-1, 0, -Infinity], high: [3, Infinity, 0] }
const UNIT: ActionSpec = { kind: 'box', shape: [1], low: [0], high: [1] }
const cardOf = (actions: ActionSpec): PolicyCard => ({
  format: 1,
  agon: '0',
  environment: { id: 'toy', profile: 'plain' },
  observations: { x: { dtype: 'float32', shape: [1] } },
  actions,
  state: {},
  decode: 'sample',
  normalisation: {},
  training: {},
})

describe('the card of a policy', () => {
  it.each([PADS, ARM])('says $kind actions, in YAML and in JSON alike', (actions) => {
    const card = cardOf(actions)
    expect(parseCard(formatCard(card))).toEqual(card)
    // JSON has no infinities: null stands for no bound.
    expect(parseCard(JSON.stringify(card))).toEqual(card)
  })

  it('is refused where its actions are none', () => {
    for (const [from, to, words] of [
      ['counts: [3, 2]', 'counts: [3, 0]', /counts/],
      ['counts: [3, 2]', 'counts: []', /counts/],
      ['kind: multi-discrete', 'kind: dict', /kind/],
    ] as const)
      expect(() => parseCard(formatCard(cardOf(PADS)).replace(from, to))).toThrow(words)
    const box = formatCard(cardOf(ARM))
    expect(() => parseCard(box.replace('low: [-1', 'low: [9'))).toThrow(/bounded by 9 and 3/)
    expect(() => parseCard(box.replace('low: [-1', 'low: [.inf'))).toThrow(/low/)
    expect(() => parseCard(box.replace('shape: [3]', 'shape: [2]'))).toThrow(/2 numbers/)
  })

  it('says that real numbers come from Beta distributions, whose graph has to choose itself', () => {
    const card: PolicyCard = { ...cardOf(UNIT), distribution: 'beta' }
    expect(parseCard(formatCard(card))).toEqual(card)
    const choices = formatCard(card).replace(
      /actions:.*?state:/s,
      'actions: { kind: discrete, count: 2 }\nstate:',
    )
    expect(() => parseCard(choices)).toThrow(/distribution.*actions are choices/)
    const float = (name: string, ...shape: number[]) =>
      ({ name, dtype: 'float32', shape: ['B', ...shape] }) as const
    const graph = (...outputs: ReturnType<typeof float>[]) => ({
      inputs: [float('x', 1), float('noise', 1)],
      outputs,
    })
    checkGraph(card, graph(float('action', 1), float('log_prob'), float('logits', 2)))
    expect(() => checkGraph(card, graph(float('logits', 2)))).toThrow(/distribution beta/)
  })

  it('fits environments with the same actions alone', () => {
    const setting = (actions: ActionSpec) => ({
      id: 'toy',
      profile: 'plain',
      observations: cardOf(PADS).observations,
      actions,
    })
    checkSetting(cardOf(PADS), setting({ ...PADS, names: ['pad', 'lever'] } as ActionSpec))
    const other = { ...ARM, high: [2, Infinity, 0] } as ActionSpec
    for (const [card, needed, words] of [
      [PADS, { kind: 'discrete', count: 5 }, /3 × 2 choices, the environment takes 5 actions/],
      [ARM, other, /\[-1, 3\].*takes 3 numbers in \[-1, 2\]/],
    ] as const)
      expect(() => checkSetting(cardOf(card), setting(needed))).toThrow(
        expect.objectContaining({ code: 'policy/actions', message: expect.stringMatching(words) }),
      )
  })
})

it('a mask has a number for each choice of each component, and real numbers have none', () => {
  const mask = (size: number) => ({ mask: { dtype: 'float32', shape: [size] } as const })
  expect(actionMask({ observations: mask(5), actions: PADS })).toBe('mask')
  expect(actionMask({ observations: mask(3), actions: PADS })).toBeUndefined()
  expect(actionMask({ observations: mask(6), actions: ARM })).toBeUndefined()
})

describe('parameters without a choice', () => {
  const decoded = (
    actions: ActionSpec,
    decode: 'sample' | 'argmax',
    p: number[],
    noise: number[],
  ) => {
    const action = actions.kind === 'box' ? new Float32Array(3) : new Int32Array(2)
    const logProb = new Float32Array(1)
    decodeParameters(
      { actions, decode },
      Float32Array.from(p),
      Float32Array.from(noise),
      action,
      logProb,
    )
    return { action: [...action], logProb: logProb[0] }
  }

  it('are decoded component by component', () => {
    const logits = [0, 1, 0, Math.log(3), 0]
    const sum = (a: number, b: number): number => Math.log(a) + Math.log(b)
    const e = Math.E / (Math.E + 2)
    const likeliest = decoded(PADS, 'argmax', logits, [0, 0])
    expect(likeliest.action).toEqual([1, 0])
    expect(likeliest.logProb).toBeCloseTo(sum(e, 0.75), 6)
    const drawn = decoded(PADS, 'sample', logits, [0.9, 0.8])
    expect(drawn.action).toEqual([2, 1])
    expect(drawn.logProb).toBeCloseTo(sum((1 - e) / 2, 0.25), 6)
  })

  it('are means and logarithms of deviations for real numbers', () => {
    const parameters = [1, 2, 3, 0, Math.log(2), 0]
    const half = 0.5 * Math.log(2 * Math.PI)
    expect(decoded(ARM, 'argmax', parameters, [0.9, 0.9, 0.9])).toEqual({
      action: [1, 2, 3],
      logProb: Math.fround(-3 * half - Math.log(2)),
    })
    const { action, logProb } = decoded(ARM, 'sample', parameters, [0.5, 0.8413447, 0.5])
    expect(action[1]).toBeCloseTo(4, 4)
    expect(logProb).toBeCloseTo(-3 * half - Math.log(2) - 0.5, 4)
    expect(decoded(ARM, 'argmax', [Number.NaN, 0, 0, 0, 0, 0], [0, 0, 0]).logProb).toBeNaN()
  })
})

it('a random policy draws real numbers between their bounds, or beyond the one they have', async () => {
  const rows = 200
  const policy = randomPolicy(cardOf(ARM))
  const noise = Float32Array.from({ length: rows * 3 }, (_, i) => ((i * 0.618) % 1) * 0.999)
  const { action, logProb } = await policy.act({
    rows,
    observations: {},
    state: {},
    noise: tensor('float32', [rows, 3], noise),
  })
  const column = (i: number) => [...action].filter((_, at) => at % 3 === i)
  expect(Math.min(...column(0))).toBeGreaterThanOrEqual(-1)
  expect(Math.max(...column(0))).toBeLessThanOrEqual(3)
  const mean = column(0).reduce((sum, value) => sum + value, 0) / rows
  expect(mean).toBeCloseTo(1, 0)
  expect(Math.min(...column(1))).toBeGreaterThanOrEqual(0)
  expect(Math.max(...column(2))).toBeLessThanOrEqual(0)
  expect(logProb[0]).toBeCloseTo(-Math.log(4) - action[1] + action[2], 5)
})

import { describe, expect, it } from 'vitest'
import type { agon } from '../../wire/index.ts'
import type { Environment } from '../contract.ts'
import { environment as pads } from '../fixtures/pads.ts'
import { decodeDescription } from './description.ts'
import { encodeDescription } from './encode-description.ts'

const PADS = encodeDescription(pads.create({}) as Environment<unknown>, '')
const withActions = (actions: agon.v1.ActionSpec.$Properties) =>
  decodeDescription({ ...PADS, actions }, 'there:1').spec.actions

describe('actions over the wire', () => {
  it('are one choice, several choices or real numbers', () => {
    expect(decodeDescription(PADS, 'there:1').spec).toEqual(pads.create({}).spec)
    expect(withActions({ count: 2, names: ['a', 'b'] })).toEqual({
      kind: 'discrete',
      count: 2,
      names: ['a', 'b'],
    })
    expect(withActions({ box: { low: [-1, -Infinity], high: [1, 2] } })).toEqual({
      kind: 'box',
      shape: [2],
      low: [-1, -Infinity],
      high: [1, 2],
    })
  })

  const wrong: readonly [string, agon.v1.ActionSpec.$Properties][] = [
    ['has no actions', {}],
    ['more than one kind', { count: 3, counts: [3] }],
    ['more than one kind', { counts: [3], box: { low: [0], high: [1] } }],
    ['no choices of component 1', { counts: [3, 0] }],
    ['names 1 of 2', { counts: [3, 2], names: ['one'] }],
    ['no numbers of an action', { box: {} }],
    ['high has a bound', { box: { low: [0, 0], high: [1] } }],
    ['bounded by 1 and 0', { box: { low: [1], high: [0] } }],
    ['bounded by NaN', { box: { low: [Number.NaN], high: [0] } }],
    ['at most 1000', { counts: new Array(1001).fill(2) }],
  ]
  it.each(wrong)('are refused where they are said wrongly: %s', (words, actions) => {
    expect(() => withActions(actions)).toThrow(
      expect.objectContaining({
        code: 'environment/description',
        message: expect.stringContaining(words),
      }),
    )
  })
})

describe('observations over the wire', () => {
  const { pad, lever, mask } = PADS.observations ?? {}
  const order = (message: agon.v1.EnvironmentDescription.$Properties): string[] =>
    Object.keys(decodeDescription({ ...PADS, ...message }, 'there:1').spec.observations)

  it('stand in the order that is told, else sorted, whatever order their map came in', () => {
    expect(order({})).toEqual(Object.keys(pads.create({}).spec.observations))
    for (const observations of [
      { pad, lever, mask },
      { mask, pad, lever },
    ]) {
      expect(order({ observations, observationOrder: [] })).toEqual(['lever', 'mask', 'pad'])
      const observationOrder = ['mask', 'lever', 'pad']
      expect(order({ observations, observationOrder })).toEqual(observationOrder)
    }
  })

  it.each([[['pad', 'lever']], [['pad', 'lever', 'lever']], [['pad', 'lever', 'mask', 'odd']]])(
    'are refused in an order of others: %j',
    (observationOrder) => {
      expect(() => order({ observationOrder })).toThrow(/order of observations that/)
    },
  )
})

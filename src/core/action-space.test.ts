import { describe, expect, it } from 'vitest'
import {
  type ActionSpec,
  actionDType,
  actionFault,
  actionShape,
  actionSpecFault,
  allocateActions,
  boundActions,
  checkActionSpec,
  choiceCounts,
  parameterWidth,
  sameActions,
} from './action-space.ts'

const four: ActionSpec = { kind: 'discrete', count: 4 }
const pads: ActionSpec = { kind: 'multi-discrete', counts: [3, 2] }
const arm: ActionSpec = { kind: 'box', shape: [2], low: [-1, -Infinity], high: [0.1, 5] }

it('says how actions and their distribution lie in memory', () => {
  const of = (spec: ActionSpec) => [
    actionShape(spec),
    actionDType(spec),
    allocateActions(spec, 3).length,
    choiceCounts(spec),
    parameterWidth(spec),
  ]
  expect(of(four)).toEqual([[], 'int32', 3, [4], 4])
  expect(of(pads)).toEqual([[2], 'int32', 6, [3, 2], 5])
  expect(of(arm)).toEqual([[2], 'float32', 6, [], 4])
})

it('tells actions apart by what they mean, not by their names', () => {
  expect(sameActions(four, { ...four, names: ['a', 'b', 'c', 'd'] })).toBe(true)
  expect(sameActions(pads, { kind: 'multi-discrete', counts: [2, 3] })).toBe(false)
  expect(sameActions(arm, { ...arm, high: [0.1, 6] } as ActionSpec)).toBe(false)
})

it('finds what an environment cannot take', () => {
  expect(actionFault(four, Int32Array.of(0, 4), 0)).toBeNull()
  expect(actionFault(four, Int32Array.of(0, 4), 1)).toBe('action 4, there are 0 to 3')
  expect(actionFault(pads, Int32Array.of(2, 1, 2, 2), 0)).toBeNull()
  expect(actionFault(pads, Int32Array.of(2, 1, 2, 2), 1)).toBe(
    'action 2 as component 1, there are 0 to 1',
  )
  // The bound as the environment sees it, in single precision.
  expect(actionFault(arm, Float32Array.of(0.1, -1e30), 0)).toBeNull()
  expect(actionFault(arm, Float32Array.of(0.2, 0), 0)).toContain('which goes from -1 to 0.1')
  expect(actionFault(arm, Float32Array.of(0, Number.NaN), 0)).toContain('action NaN as component 1')
})

it('clips real numbers to their bounds, and nothing else', () => {
  const clipped = new Float32Array(4)
  boundActions(arm, Float32Array.of(-7, -7, 7, 7), clipped)
  expect([...clipped]).toEqual([-1, -7, Math.fround(0.1), 5])
  expect(actionFault(arm, clipped, 0) ?? actionFault(arm, clipped, 1)).toBeNull()
  const copied = new Int32Array(2)
  boundActions(pads, Int32Array.of(9, 1), copied)
  expect([...copied]).toEqual([9, 1])
})

describe('a description of actions', () => {
  const wrong: readonly [string, unknown][] = [
    ['count is a whole number', { kind: 'discrete', count: 0 }],
    ['3 names for 2 actions', { kind: 'discrete', count: 2, names: ['a', 'b', 'c'] }],
    ['counts is a list', { kind: 'multi-discrete', counts: [] }],
    ['counts[1]', { kind: 'multi-discrete', counts: [3, 0] }],
    ['shape is [n]', { kind: 'box', shape: [1, 1], low: [0], high: [1] }],
    ['high has a bound', { kind: 'box', shape: [2], low: [0, 0], high: [1] }],
    ['low has a bound', { kind: 'box', shape: [1], high: [1] }],
    ['bounded by 2 and 1', { kind: 'box', shape: [1], low: [2], high: [1] }],
    ['bounded by NaN', { kind: 'box', shape: [1], low: [Number.NaN], high: [1] }],
    ['bounded by Infinity', { kind: 'box', shape: [1], low: [Infinity], high: [Infinity] }],
    ['kind is discrete', { kind: 'dict' }],
  ]
  it.each(wrong)('is refused where %s', (message, spec) => {
    expect(actionSpecFault(spec as ActionSpec)).toContain(message)
    expect(() => checkActionSpec(spec as ActionSpec, 'module/shape', 'spec.actions')).toThrow(
      expect.objectContaining({ code: 'module/shape', place: 'spec.actions' }),
    )
  })

  it('may leave a number without a bound by saying so', () => {
    for (const spec of [four, pads, arm]) expect(actionSpecFault(spec)).toBeNull()
  })
})

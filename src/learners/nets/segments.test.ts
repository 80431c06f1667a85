import { describe, expect, it } from 'vitest'
import { ZEROS } from './init.ts'
import {
  groupMultipliers,
  initialiseLayout,
  layoutOf,
  loadSegments,
  segmentAt,
  segmentTensors,
} from './segments.ts'

const normal = { kind: 'lecun-normal' } as const
const layout = layoutOf([
  { name: 'core/wx', shape: [2, 3], init: normal },
  { name: 'core/b', shape: [3], init: ZEROS },
  { name: 'actor/out/w', shape: [3, 2], init: normal },
])

describe('a parameter layout', () => {
  it('lays segments end to end and names their elements', () => {
    expect(layout.size).toBe(15)
    expect(layout.segments.map(({ offset }) => offset)).toEqual([0, 6, 9])
    expect([0, 5, 6, 14].map((i) => segmentAt(layout, i))).toEqual([
      'core/wx',
      'core/wx',
      'core/b',
      'actor/out/w',
    ])
  })

  it('draws each segment from its own stream', () => {
    const flat = new Float32Array(15)
    initialiseLayout(layout, flat, [1, 'init'])
    const alone = layoutOf([layout.segments[2]])
    const other = new Float32Array(6)
    initialiseLayout(alone, other, [1, 'init'])
    expect([...other]).toEqual([...flat.subarray(9)])
    expect([...flat.subarray(6, 9)]).toEqual([0, 0, 0])
  })

  it('loads what it lent, and names what does not fit', () => {
    const flat = Float32Array.from({ length: 15 }, (_, i) => i)
    const copy = new Float32Array(15)
    loadSegments(layout, copy, segmentTensors(layout, flat))
    expect([...copy]).toEqual([...flat])
    const { 'core/b': _, ...missing } = segmentTensors(layout, flat)
    expect(() => loadSegments(layout, copy, missing)).toThrow(
      expect.objectContaining({
        code: 'network/weights',
        message: expect.stringContaining("'core/b' should be float32[3], found nothing"),
      }),
    )
  })

  it('changes its digest with any name or shape', () => {
    const renamed = layoutOf([{ ...layout.segments[0], name: 'core/w' }])
    const reshaped = layoutOf([{ ...layout.segments[0], shape: [3, 2] }])
    const digests = [renamed, reshaped, layoutOf([layout.segments[0]])].map(({ digest }) => digest)
    expect(new Set(digests).size).toBe(3)
  })

  it('gives groups their multiplier, the longest match first', () => {
    expect(groupMultipliers(layout, {})).toBeNull()
    expect(groupMultipliers(layout, { core: 1 })).toBeNull()
    const found = groupMultipliers(layout, { 'core/b': 2, core: 0, actor: 0.5 })
    expect([...(found ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 2, 2, 2, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    expect(() => groupMultipliers(layout, { cor: 1 })).toThrow(/no parameter group is called 'cor'/)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameAt, storeFrames } from './frame-store.ts'

describe('frame store', () => {
  it('gives back every frame', () => {
    const frame = fc.string({ unit: fc.constantFrom('a', 'b', '<', '>') })
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 12 }), (frames) => {
        const store = storeFrames(frames)
        expect(frames.map((_, t) => frameAt(store, t))).toEqual(frames)
      }),
    )
  })

  it('keeps only what differs, and each frame once', () => {
    const store = storeFrames(['<svg>11</svg>', '<svg>12</svg>', '<svg>11</svg>', '<svg>12</svg>'])
    expect(store.order).toEqual([0, 1, 0, 1])
    expect(store.distinct[1]).toEqual([6, 6, '2'])
  })
})

import { describe, expect, it } from 'vitest'
import { philox4x32, RandomStream, stream } from './random.ts'

describe('philox4x32-10', () => {
  // Known answers from the Random123 distribution (kat_vectors).
  const cases: [number[], number[], number[]][] = [
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ]
  it.each(cases)('known answer for counter %j key %j', (counter, key, expected) => {
    const out = new Uint32Array(4)
    philox4x32(Uint32Array.from(counter), Uint32Array.from(key), out)
    expect([...out]).toEqual(expected)
  })
})

describe('RandomStream', () => {
  it('has the numbers that every recorded run was made with', () => {
    const drawn = (...path: (number | string)[]) => {
      const s = stream(...path)
      return [s.uint32(), s.uniform(), s.integer(169), s.normal()]
    }
    expect(drawn(0, 'student/agent', 3, 'act')).toEqual([
      693475393, 0.5238606333732605, 99, 0.08757529885076559,
    ])
    expect(drawn(1, 'evaluation', 'random', 0)).toEqual([
      3785352492, 0.02416175603866577, 53, -0.5246499180389547,
    ])
  })

  it('is a function of its path', () => {
    const draw = (s: RandomStream): number[] => Array.from({ length: 9 }, () => s.uint32())
    expect(draw(stream(1, 'a', 2))).toEqual(draw(stream(1, 'a', 2)))
    const others = [stream(1, 'a', 3), stream(2, 'a', 2), stream(1, 'b', 2), stream('1', 'a', 2)]
    for (const other of others) expect(draw(other)).not.toEqual(draw(stream(1, 'a', 2)))
    expect(draw(stream('ab', 'c'))).not.toEqual(draw(stream('a', 'bc')))
  })

  it('goes on from a saved state at every offset', () => {
    for (let used = 0; used < 10; used++) {
      const original = stream('save', used)
      for (let i = 0; i < used; i++) original.uint32()
      const copy = RandomStream.load(JSON.parse(JSON.stringify(original.save())))
      for (let i = 0; i < 9; i++) expect(copy.uint32()).toBe(original.uint32())
    }
  })

  it('draws integers without bias', () => {
    const s = stream('integers')
    const counts = new Array(7).fill(0)
    for (let i = 0; i < 70_000; i++) counts[s.integer(7)]++
    const chiSquare = counts.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0)
    expect(chiSquare).toBeLessThan(22.5) // 0.999 quantile at 6 degrees of freedom
    expect(s.integer(1)).toBe(0)
    for (let i = 0; i < 100; i++) expect(s.integer(4294967295)).toBeLessThan(4294967295)
  })

  it('has uniform and normal moments, exact as float32', () => {
    const s = stream('moments')
    let mean = 0
    let square = 0
    let normalSquare = 0
    for (let i = 0; i < 50_000; i++) {
      const u = s.uniform()
      expect(Math.fround(u)).toBe(u)
      mean += u / 50_000
      square += (u * u) / 50_000
      normalSquare += s.normal() ** 2 / 50_000
    }
    expect(mean).toBeCloseTo(0.5, 2)
    expect(square).toBeCloseTo(1 / 3, 2)
    expect(normalSquare).toBeGreaterThan(0.97)
    expect(normalSquare).toBeLessThan(1.03)
  })

  it('shuffles to every order', () => {
    const s = stream('shuffle')
    const seen = new Set<string>()
    for (let i = 0; i < 300; i++) seen.add(s.shuffle([0, 1, 2]).join(''))
    expect(seen.size).toBe(6)
  })
})

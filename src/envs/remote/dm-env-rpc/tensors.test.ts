import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'
import { decodeDmTensor, encodeDmTensor } from './tensors.ts'

const INT64 = { dtype: 'int64', shape: [] } as const
const TABLE = { dtype: 'float32', shape: [2, 3] } as const
const floats = (...array: number[]) => ({ floats: { array } })

describe('a tensor of dm_env_rpc', () => {
  it.each([
    ['its own shape', [2, 3], [1, 2, 3, 4, 5, 6]],
    ['one size left open', [-1, 3], [1, 2, 3, 4, 5, 6]],
    ['no shape', [], [1, 2, 3, 4, 5, 6]],
    ['one element for all', [2, 3], [1]],
    ['one element of one size', [1], [1]],
  ])('is read with %s', (_, shape, elements) => {
    const { data } = decodeDmTensor('x', TABLE, { ...floats(...elements), shape })
    expect([...data]).toEqual(elements.length === 1 ? Array(6).fill(1) : elements)
  })

  it.each([
    ['transposed', [3, 2]],
    ['of another rank', [6]],
    ['with two sizes open', [-1, -1]],
  ])('is refused %s', (_, shape) => {
    const sent = { ...floats(1, 2, 3, 4, 5, 6), shape }
    expect(() => decodeDmTensor('x', TABLE, sent)).toThrow("'x' has the shape")
  })

  it('is refused where 64-bit integers would lose digits, in and out', () => {
    const most = Number.MAX_SAFE_INTEGER
    const sent = (value: number) => ({ int64s: { array: [value] }, shape: [] })
    expect(decodeDmTensor('x', INT64, sent(most)).data[0]).toBe(BigInt(most))
    expect(() => decodeDmTensor('x', INT64, sent(2 ** 53))).toThrow('lose digits')
    const own = (value: bigint) => ({ ...INT64, data: BigInt64Array.of(value) })
    expect(encodeDmTensor(own(-5n))).toEqual({ int64s: { array: [-5] }, shape: [] })
    expect(() => encodeDmTensor(own(2n ** 53n + 1n))).toThrow('9007199254740993 is beyond')
  })

  it('is one seed, and not the first of several', () => {
    const settings = (...array: number[]) =>
      readSettings({ seed: { int64s: { array } } }, {} as never)
    expect(settings(7)).toEqual({ seed: 7 })
    for (const wrong of [[7, 8], [], [-1], [2 ** 53]])
      expect(() => settings(...wrong)).toThrow('one integer from 0')
  })
})

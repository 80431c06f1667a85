import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDims, canonicalDim, type Dim, dimValue, divideShapes, multiplyDims } from './dims.ts'

const BINDING = new Map([
  ['T', 7],
  ['B', 3],
])
const dims = fc.oneof(
  fc.integer({ min: 1, max: 9 }),
  fc.constantFrom<Dim>('T', 'B', 'B*T', '2*T', '1+T', '1+B*T'),
)

describe('dimensions', () => {
  it('have one spelling each', () => {
    expect(canonicalDim('T+1')).toBe('1+T')
    expect(canonicalDim('T*B')).toBe('B*T')
    expect(addDims('1+T', 1, -1)).toBe('T')
    expect(addDims('T', 'T', -1)).toBe(0)
    expect(addDims('T', 'T')).toBe('2*T')
    expect(multiplyDims(['T', 2, 'B', 3])).toBe('6*B*T')
    expect(multiplyDims(['1+T', 'B'])).toBe('B+B*T')
  })

  it('divide where the result is a dimension', () => {
    expect(divideShapes(['T', 'B', 6], ['B', 2])).toBe('3*T')
    expect(divideShapes(['6*B*T'], [3, 'T'])).toBe('2*B')
    expect(divideShapes(['T', 5], [2])).toBeUndefined()
    expect(divideShapes(['T'], ['B'])).toBeUndefined()
  })

  it('compute what their sizes would', () => {
    fc.assert(
      fc.property(dims, dims, (a, b) => {
        const [x, y] = [dimValue(a, BINDING), dimValue(b, BINDING)]
        expect(dimValue(addDims(a, b), BINDING)).toBe(x + y)
        expect(dimValue(addDims(a, b, -1), BINDING)).toBe(x - y)
        expect(dimValue(multiplyDims([a, b]), BINDING)).toBe(x * y)
        const quotient = divideShapes([multiplyDims([a, b])], [b])
        if (quotient !== undefined) expect(dimValue(quotient, BINDING)).toBe(x)
      }),
    )
  })

  it('name what is unbound or misspelt', () => {
    expect(() => dimValue('2*N', BINDING)).toThrow('no input binds the dimension N')
    expect(() => canonicalDim('T/2')).toThrow('"T/2" is not a dimension')
  })
})

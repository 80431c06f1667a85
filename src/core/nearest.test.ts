import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from './nearest.ts'

describe('nearest', () => {
  it('counts insertions, deletions and substitutions', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('', 'abc')).toBe(3)
    expect(editDistance('flaw', 'lawn')).toBe(2)
    expect(editDistance('same', 'same')).toBe(0)
  })

  it('gives the closest name, ignoring letter case', () => {
    expect(nearest('maxstep', ['height', 'maxSteps', 'profile'])).toBe('maxSteps')
    expect(nearest('MAZE/JAXUED', ['maze/dcd', 'maze/jaxued'])).toBe('maze/jaxued')
    expect(nearest('x', [])).toBeUndefined()
  })
})

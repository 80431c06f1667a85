import { describe, expect, it } from 'vitest'
import { editDistance, nearest, suggestion } from './nearest.ts'

describe('nearest', () => {
  it('counts insertions, deletions, substitutions and swaps', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('', 'abc')).toBe(3)
    expect(editDistance('flaw', 'lawn')).toBe(2)
    expect(editDistance('same', 'same')).toBe(0)
    expect(editDistance('rnu', 'run')).toBe(1)
    // The example that tells it from the unrestricted distance, which is 2.
    expect(editDistance('ca', 'abc')).toBe(3)
  })

  it('gives the closest name, ignoring letter case', () => {
    expect(nearest('maxstep', ['height', 'maxSteps', 'profile'])).toBe('maxSteps')
    expect(nearest('MAZE/JAXUED', ['maze/dcd', 'maze/jaxued'])).toBe('maze/jaxued')
    expect(nearest('x', [])).toBeUndefined()
  })

  it.each([
    ['nope', '5_vs_5'],
    ['XX', 'GK'],
    ['x', 'max'],
    ['scenario', 'offsides'],
    ['', 'left'],
    ['a'.repeat(101), 'a'.repeat(100)],
  ])('gives none for %s, of which %s is too far', (name, known) => {
    expect(nearest(name, [known])).toBeUndefined()
  })

  it.each([
    ['GX', 'GK'],
    ['sede', 'seed'],
    ['5_vs5', '5_vs_5'],
    ['labirinht', 'Labyrinth'],
    ['acadmy_emty_goal', 'academy_empty_goal'],
  ])('takes %s for %s', (name, meant) => {
    expect(nearest(name, [meant, 'something else'])).toBe(meant)
  })

  it('passes over a near name for a nearer one, and a far one for a near one', () => {
    expect(nearest('stop', ['step', 'stops', 'strap', 'stop-'])).toBe('step')
    // Three edits each: too many for the shorter word, few enough for the longer.
    expect(nearest('abcdef', ['abc', 'abcdefxyz'])).toBe('abcdefxyz')
  })

  it('says what there is, and which was meant where one is near', () => {
    expect(suggestion('lft', ['left', 'right'])).toBe("did you mean 'left'? There are left, right")
    expect(suggestion('up', ['left', 'right'])).toBe('there are left, right')
  })
})

import { describe, expect, it } from 'vitest'
import { hippoSpectrum } from './hippo.ts'

/** K of `−½·1 + K`: what the eigenvectors are of. */
const skew = (i: number, j: number): number =>
  i === j ? 0 : (i > j ? -0.5 : 0.5) * Math.sqrt((2 * i + 1) * (2 * j + 1))

describe('the spectrum of HiPPO-LegS', () => {
  it('is ∓√3/2 for two states, by hand', () => {
    expect(hippoSpectrum(2).frequencies[0]).toBeCloseTo(-Math.sqrt(3) / 2, 14)
  })

  it.each([2, 6, 32, 128])('of %i states: vectors of length 1 that K only turns', (n) => {
    const { frequencies, vectors } = hippoSpectrum(n)
    const half = n / 2
    let worst = 0
    for (let column = 0; column < half; column++) {
      let square = 0
      for (let i = 0; i < n; i++) {
        let [re, im] = [0, 0]
        for (let j = 0; j < n; j++) {
          re += skew(i, j) * vectors.re[j * half + column]
          im += skew(i, j) * vectors.im[j * half + column]
        }
        // K·v = iω·v.
        const at = i * half + column
        worst = Math.max(worst, Math.abs(re + frequencies[column] * vectors.im[at]))
        worst = Math.max(worst, Math.abs(im - frequencies[column] * vectors.re[at]))
        square += vectors.re[at] ** 2 + vectors.im[at] ** 2
      }
      expect(square).toBeCloseTo(1, 12)
    }
    expect(worst).toBeLessThan(-1e-10 * frequencies[0])
    expect([...frequencies]).toEqual([...frequencies].sort((a, b) => a - b))
    expect(frequencies[half - 1]).toBeLessThan(0)
    // The squares of K's elements are those of all its eigenvalues, of which there are two of each.
    const elements = Array.from({ length: n * n }, (_, at) => skew(Math.floor(at / n), at % n))
    const squares = (list: Iterable<number>): number => [...list].reduce((sum, x) => sum + x * x, 0)
    expect((2 * squares(frequencies)) / squares(elements)).toBeCloseTo(1, 12)
  })
})

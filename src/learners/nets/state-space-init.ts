import { type HippoSpectrum, hippoSpectrum } from './hippo.ts'

/**
 * How the tensors of a diagonal state space start that follow the spectrum of HiPPO, `blocks` copies of it side by side: P
 * complex states stand for 2P real ones.
 */
export type StateSpaceInit =
  /** `[P]`: imaginary parts of the eigenvalues. */
  | { readonly kind: 'hippo-frequencies'; readonly blocks: number }
  /**
   * `[H, 2P]`: `V*·B` of a real B with deviation 1/√H, a column for each state: the real parts, then the imaginary ones.
   */
  | { readonly kind: 'hippo-input'; readonly blocks: number }
  /**
   * `[2P, H]`: `C·V` of a complex C, both parts with deviation 1/√(2P·H), a row for each state: the real parts, then the
   * imaginary ones turned negative, so that one product gives the real part of what comes out.
   */
  | { readonly kind: 'hippo-output'; readonly blocks: number }

/** @param draw standard deviation 1, truncated */
export function fillStateSpace(
  out: Float32Array,
  shape: readonly number[],
  init: StateSpaceInit,
  draw: () => number,
): void {
  switch (init.kind) {
    case 'hippo-frequencies': {
      const { frequencies } = hippoSpectrum((2 * shape[0]) / init.blocks)
      for (let i = 0; i < out.length; i++) out[i] = frequencies[i % frequencies.length]
      return
    }
    case 'hippo-input':
      fillInput(out, shape, hippoSpectrum(shape[1] / init.blocks), draw)
      return
    case 'hippo-output':
      fillOutput(out, shape, hippoSpectrum(shape[0] / init.blocks), draw)
  }
}

function fillInput(
  out: Float32Array,
  [features, width]: readonly number[],
  { size, vectors }: HippoSpectrum,
  draw: () => number,
): void {
  const half = size / 2
  const states = width / 2
  const real = new Float64Array(size)
  for (let feature = 0; feature < features; feature++)
    for (let first = 0; first < states; first += half) {
      for (let i = 0; i < size; i++) real[i] = draw() / Math.sqrt(features)
      for (let p = 0; p < half; p++) {
        let [re, im] = [0, 0]
        for (let i = 0; i < size; i++) {
          re += vectors.re[i * half + p] * real[i]
          im -= vectors.im[i * half + p] * real[i]
        }
        out[feature * width + first + p] = re
        out[feature * width + states + first + p] = im
      }
    }
}

function fillOutput(
  out: Float32Array,
  [height, features]: readonly number[],
  { size, vectors }: HippoSpectrum,
  draw: () => number,
): void {
  const half = size / 2
  const states = height / 2
  const deviation = 1 / Math.sqrt(height * features)
  const [real, imaginary] = [new Float64Array(size), new Float64Array(size)]
  for (let feature = 0; feature < features; feature++)
    for (let first = 0; first < states; first += half) {
      for (let i = 0; i < size; i++) {
        real[i] = deviation * draw()
        imaginary[i] = deviation * draw()
      }
      for (let p = 0; p < half; p++) {
        let [re, im] = [0, 0]
        for (let i = 0; i < size; i++) {
          const [a, b] = [vectors.re[i * half + p], vectors.im[i * half + p]]
          re += real[i] * a - imaginary[i] * b
          im += real[i] * b + imaginary[i] * a
        }
        out[(first + p) * features + feature] = re
        out[(states + first + p) * features + feature] = -im
      }
    }
}

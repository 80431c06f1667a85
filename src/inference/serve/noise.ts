import { stream } from '../../core/random.ts'

/**
 * Noise that the server draws for a request which names a seed instead of sending it: float32 uniform in [0, 1), one for
 * each of the `count` numbers of its rows' actions.
 * A function of seed, step and row alone, so an answer does not depend on what else the server does.
 */
export function drawNoise(seed: number, step: number, count: number): Uint8Array {
  const random = stream(seed, 'inference', 'noise', step)
  const noise = Float32Array.from({ length: count }, () => random.uniform())
  return new Uint8Array(noise.buffer)
}

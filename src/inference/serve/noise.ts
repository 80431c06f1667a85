import { stream } from '../../core/random.ts'

/**
 * Noise that the server draws for a request which names a seed instead of sending it: float32 uniform in [0, 1), one a row.
 * A function of seed, step and row alone, so an answer does not depend on what else the server does.
 */
export function drawNoise(seed: number, step: number, rows: number): Uint8Array {
  const random = stream(seed, 'inference', 'noise', step)
  const noise = Float32Array.from({ length: rows }, () => random.uniform())
  return new Uint8Array(noise.buffer)
}

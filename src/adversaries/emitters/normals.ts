import type { RandomStream } from '../../core/random.ts'

/** Standard normal numbers in pairs (Box–Muller): two words of the stream for two, and for an odd last one as well. */
export function fillNormals(stream: RandomStream, out: Float64Array, count: number): void {
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - stream.uniform()))
    const angle = 2 * Math.PI * stream.uniform()
    out[i] = radius * Math.cos(angle)
    if (i + 1 < count) out[i + 1] = radius * Math.sin(angle)
  }
}

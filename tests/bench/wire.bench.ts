import { benchEnvelope } from './envelope.bench.ts'
import { benchEnvironments } from './environments.bench.ts'
import { benchInference } from './inference.bench.ts'
import type { BenchRow } from './row.ts'

/** What crosses processes, part by part. */
export async function benchWire(): Promise<BenchRow[]> {
  return [...(await benchEnvelope()), ...(await benchEnvironments()), ...(await benchInference())]
}

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PolicyFile, writePolicyFile } from 'agon/inference'
import { INFERENCE } from '../../../src/wire/index.ts'
import { Served } from '../../support/served.ts'
import { ask, startChild } from '../child.ts'
import type { LoadOrder, LoadResult } from '../inference/load.process.ts'
import { requestOf } from '../inference/requests.ts'
import type { BenchRow } from '../row.ts'

const CLIENTS = 64
const [WARM_UP_MS, MEASURE_MS] = [2000, 5000]

/** `agon serve` under 64 clients that ask for `rows` rows each, the state kept by the server. */
export async function benchServe(
  name: string,
  file: PolicyFile,
  rows: number,
  device: readonly string[],
): Promise<BenchRow[]> {
  const path = join(mkdtempSync(join(tmpdir(), 'agon-bench-')), 'policy.onnx')
  await writePolicyFile(path, file)
  const limits = ['--max-batch', String(CLIENTS * rows), '--max-queue', String(8 * CLIENTS * rows)]
  const served = new Served([path, ...device, ...limits])
  const load = startChild(new URL('../inference/load.process.js', import.meta.url))
  try {
    const requests = Array.from({ length: CLIENTS }, (_, client) =>
      requestOf('policy', file, { rows, sequence: `match-${client}` }),
    )
    const openings = Array.from({ length: CLIENTS }, (_, client) =>
      requestOf('policy', file, { rows, sequence: `match-${client}`, start: true }),
    )
    const { perSecond, p50, p99 } = await ask<LoadResult, LoadOrder>(load, {
      address: await served.address(),
      path: INFERENCE.methods.modelInfer.path,
      requests,
      openings,
      warmUpMs: WARM_UP_MS,
      measureMs: MEASURE_MS,
    })
    const what = `serve ${device.join(' ')}, ${name}, ${rows} rows, ${CLIENTS} clients`
    return [
      { name: what, unit: 'rows/s', value: perSecond * rows },
      { name: `${what}, p50`, unit: 'ms', value: p50 },
      { name: `${what}, p99`, unit: 'ms', value: p99 },
    ]
  } finally {
    load.disconnect()
    await served.stop()
  }
}

import { estimate, loadEstimateFacts } from '../run/config/index.ts'
import type { RunConfig } from '../run/contract.ts'
import { partsOf } from '../run/stages/stage-files.ts'

/** Bytes that the run may come to need, all its stages together. */
export async function diskOf(config: RunConfig): Promise<number> {
  let bytes = 0
  for (const own of partsOf(config)) bytes += estimate(own, await loadEstimateFacts(own)).diskBytes
  return bytes
}

import type { ExperimentsClient } from '../../launch/hub/experiments-client.ts'
import type { DialFiles } from '../options/dial-options.ts'

/** @param target address or rendezvous file @throws AgonError `wire/rendezvous`, `wire/token-file` */
export async function dialExperiments(
  target: string,
  files: DialFiles,
): Promise<ExperimentsClient> {
  const { resolveTarget } = await import('../../wire/index.ts')
  const { experimentsClient } = await import('../../launch/hub/experiments-client.ts')
  return experimentsClient(resolveTarget(target, { ...files, env: process.env }))
}

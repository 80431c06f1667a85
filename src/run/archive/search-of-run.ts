import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AdversaryDefinition } from '../../adversaries/contract.ts'
import type { GridSpec } from '../../adversaries/grid/contract.ts'
import { loadExport } from '../../core/module.ts'
import type { Environment } from '../../envs/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import type { RunConfig } from '../contract.ts'
import { HISTORY_FILE } from '../history/history-log.ts'

/** A part of a run that has searched levels. */
export interface RunSearch {
  readonly spec: GridSpec
  readonly environment: Environment<unknown>
  /** Where the run has stages. */
  readonly stage?: string
}

/** The searches of a run, one for each stage whose adversary keeps a grid; none where nothing was searched. */
export async function searchesOf(dir: string, config: RunConfig): Promise<readonly RunSearch[]> {
  if (!existsSync(join(dir, HISTORY_FILE))) return []
  const parts = config.stages ?? [config]
  const found: RunSearch[] = []
  for (const [i, { adversary, env }] of parts.entries()) {
    const definition = await loadExport<AdversaryDefinition<unknown>>(adversary.module, 'adversary')
    const spec = definition.grid?.(adversary.options) ?? null
    if (spec === null) continue
    const stage = config.stages?.[i].name
    const { module, options } = env
    found.push({
      spec,
      environment: await loadEnvironment({ module, options }),
      ...(stage === undefined ? {} : { stage }),
    })
  }
  return found
}

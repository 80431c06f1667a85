import { join } from 'node:path'
import type { AdversaryDefinition } from '../../../adversaries/contract.ts'
import type { Axis } from '../../../adversaries/grid/contract.ts'
import { AgonError } from '../../../core/errors.ts'
import { loadExport } from '../../../core/module.ts'
import type { Environment, EnvironmentRef } from '../../../envs/contract.ts'
import { loadEnvironment } from '../../../envs/load-environment.ts'
import { archiveOf } from '../../../run/archive/archive-of.ts'
import { rowsOf } from '../../../run/archive/write-archive.ts'
import { loadConfig } from '../../../run/config/index.ts'
import type { RunConfig } from '../../../run/contract.ts'
import type { HistoryRow } from '../../../run/history/contract.ts'

/** The archive of a search for prompts, with the config that it came of. */
export interface PromptArchive {
  readonly config: RunConfig
  readonly axes: readonly Axis[]
  readonly ref: EnvironmentRef
  readonly environment: Environment<unknown>
  /** Elites, by falling fitness. */
  readonly rows: readonly HistoryRow[]
}

/** @throws AgonError `stress/no-prompts`, `stress/no-history`, `config/*`, `module/*` */
export async function openPromptArchive(dir: string): Promise<PromptArchive> {
  const config = await loadConfig(join(dir, 'config.yaml'))
  const ref = { module: config.env.module, options: config.env.options }
  const environment = await loadEnvironment(ref)
  const definition = await loadExport<AdversaryDefinition<unknown>>(
    config.adversary.module,
    'adversary',
  )
  const spec = definition.grid?.(config.adversary.options) ?? null
  if (spec === null || environment.levels.prompts === undefined)
    throw new AgonError('stress/no-prompts', 'this run has no archive of prompts', {
      place: dir,
      remedy: 'give the directory of a run of rainbow',
    })
  const found = archiveOf(spec, rowsOf(dir, {})).rows
  const rows = found.toSorted((a, b) => (b.objective ?? 0) - (a.objective ?? 0))
  return { config, axes: spec.axes, ref, environment, rows }
}

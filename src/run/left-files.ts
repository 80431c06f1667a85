import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { studentActor } from '../actors/roles/names.ts'
import { slotId } from '../core/ids.ts'
import { loadDefinition } from './config/registry.ts'
import type { RunConfig } from './contract.ts'
import { openCutStore } from './cuts/cut-store.ts'
import { replaceFile } from './durable-file.ts'
import { partsOf, stageFolder } from './stages/stage-files.ts'

/**
 * Writes what students leave beside policies, made of the last cut: `model/`, or `model-<slot>/` where there are several; in its folder
 * where the run has stages. The same cut gives the same bytes.
 * @throws AgonError `cut/none-whole`, `run/write`
 */
export async function writeLeftFiles(
  dir: string,
  config: RunConfig,
  configSha256: string,
): Promise<void> {
  for (const [i, part] of partsOf(config).entries()) {
    const stage = config.stages?.[i].name
    const folder = join(dir, stage === undefined ? '' : stageFolder(stage))
    const slots = Object.entries(part.students)
    for (const [slot, { module, options }] of slots) {
      const { leaves } = await loadDefinition('student', module)
      if (leaves === undefined) continue
      const cut = openCutStore(folder, 1, configSha256).newest(() => {})
      const snapshot = cut?.snapshots[studentActor(slotId(slot))]
      if (snapshot === undefined) continue
      const training = { experiment: config.name, slot, seed: config.seed }
      const target = join(folder, slots.length === 1 ? 'model' : `model-${slot}`)
      mkdirSync(target, { recursive: true })
      for (const [name, bytes] of Object.entries(leaves(options, snapshot, training)))
        replaceFile(join(target, name), bytes)
    }
  }
}

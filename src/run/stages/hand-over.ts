import { join } from 'node:path'
import type { Cut } from '../../actors/roles/experiment-contract.ts'
import { ADVERSARY } from '../../actors/roles/names.ts'
import { AgonError } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { DatasetRef } from '../../datasets/contract.ts'
import { MANIFEST, openDataset } from '../../datasets/open-dataset.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import { beginAgain } from '../begin-again.ts'
import type { FinishedStage, RunManifest, StageConfig } from '../contract.ts'
import { openCutStore } from '../cuts/cut-store.ts'
import { datasetFolder } from '../datasets/dataset-store.ts'
import { fileSha256 } from '../file-sha256.ts'
import type { RunDirectory } from '../run-directory.ts'
import { lastCycle } from './position.ts'
import { stageFolder } from './stage-files.ts'

/** What a stage takes over of earlier ones. */
export interface HandedOver {
  policy(slot: SlotId): PolicyFile | undefined
  readonly archive?: Snapshot
  readonly dataset?: DatasetRef
}

/**
 * Reads what `from` names out of the last cuts of the stages it names, whole and checked.
 * @throws AgonError `stages/output` where that cut or dataset is not there any more, or has no such thing; `dataset/damaged`
 */
export function handedOver(
  { from = {} }: Pick<StageConfig, 'from'>,
  finished: readonly FinishedStage[],
  directory: Pick<RunDirectory, 'path' | 'file'>,
  { configSha256 }: Pick<RunManifest, 'configSha256'>,
): HandedOver {
  const cutOf = (name: string): Cut => {
    const path = directory.file(stageFolder(name))
    const last = lastCycle(finished, name)
    const cut = openCutStore(path, 1, configSha256).newest(() => {})
    if (cut?.cycle === last) return cut
    throw lacking(name, `its last cut, of cycle ${last}, is not there or not whole`, directory.path)
  }
  const archive = from.archive === undefined ? undefined : archiveOf(cutOf(from.archive))
  if (from.archive !== undefined && archive === undefined)
    throw lacking(from.archive, 'its adversary makes no snapshots', directory.path)
  const [name, only] = from.policy?.split('.') ?? []
  const policies = name === undefined ? null : cutOf(name).policies
  return {
    ...(archive === undefined ? {} : { archive }),
    ...(from.dataset === undefined ? {} : { dataset: datasetOf(from.dataset, directory) }),
    policy(slot) {
      if (policies === null) return undefined
      const left = Object.keys(policies)
      const source = only ?? (left.length === 1 ? left[0] : slot)
      const policy = policies[source as SlotId]
      if (policy !== undefined) return policy
      throw lacking(name, `its student in slot '${source}' exports no policy`, directory.path)
    },
  }
}

function datasetOf(name: string, directory: Pick<RunDirectory, 'path' | 'file'>): DatasetRef {
  const path = directory.file(datasetFolder(name))
  const digest = fileSha256(join(path, MANIFEST))
  if (digest === null) throw lacking(name, 'its dataset is not there any more', directory.path)
  if (openDataset(path).manifest.episodes === 0)
    throw lacking(name, 'no episode ended in it', directory.path)
  return { path, sha256: digest }
}

const archiveOf = ({ snapshots }: Cut): Snapshot | undefined => snapshots[ADVERSARY]

const lacking = (stage: string, why: string, run: string): AgonError =>
  new AgonError('stages/output', `the stage '${stage}' left nothing to go on from: ${why}`, {
    place: stageFolder(stage),
    remedy: beginAgain(run, 'a cut'),
  })

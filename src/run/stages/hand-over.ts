import type { Cut } from '../../actors/roles/experiment-contract.ts'
import { ADVERSARY } from '../../actors/roles/names.ts'
import { AgonError } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import { beginAgain } from '../begin-again.ts'
import type { FinishedStage, RunManifest, StageConfig } from '../contract.ts'
import { openCutStore } from '../cuts/cut-store.ts'
import type { RunDirectory } from '../run-directory.ts'
import { lastCycle } from './position.ts'
import { stageFolder } from './stage-files.ts'

/** What a stage takes over of earlier ones. */
export interface HandedOver {
  policy(slot: SlotId): PolicyFile | undefined
  readonly archive?: Snapshot
}

/**
 * Reads what `from` names out of the last cuts of the stages it names, whole and checked.
 * @throws AgonError `stages/output` where that cut is not there any more, or has no such thing
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

const archiveOf = ({ snapshots }: Cut): Snapshot | undefined => snapshots[ADVERSARY]

const lacking = (stage: string, why: string, run: string): AgonError =>
  new AgonError('stages/output', `the stage '${stage}' left nothing to go on from: ${why}`, {
    place: stageFolder(stage),
    remedy: beginAgain(run, 'a cut'),
  })

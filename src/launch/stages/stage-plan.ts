import type { ExperimentPlan } from '../../actors/roles/experiment-contract.ts'
import type { EvaluationDevice, RunConfig, RunManifest, StageConfig } from '../../run/contract.ts'
import { measuredOn } from '../../run/evaluation-device.ts'
import { KEPT_INIT, readKeptPolicy } from '../../run/kept-policy.ts'
import { makePlan } from '../../run/program.ts'
import type { RunDirectory } from '../../run/run-directory.ts'
import { handedOver } from '../../run/stages/hand-over.ts'
import type { StagePosition } from '../../run/stages/position.ts'
import { stageRun } from '../../run/stages/stage-files.ts'

/**
 * The plan of the stage at hand, with what it takes over of those that are over.
 * @throws AgonError `stages/output`, and what a student says of the policy
 */
export async function stagePlan(
  config: RunConfig,
  { index, finished, before }: StagePosition,
  directory: RunDirectory,
  manifest: RunManifest,
  evaluation?: EvaluationDevice,
): Promise<ExperimentPlan> {
  const stage = (config.stages as readonly StageConfig[])[index]
  const { policy, archive, dataset } = handedOver(stage, finished, directory, manifest)
  const kept = index === 0 ? readKeptPolicy(directory.file(KEPT_INIT)) : null
  const plan = await makePlan(stageRun(config, index), kept ?? policy, dataset)
  const origin = { cycle: before.cycles, ...(archive === undefined ? {} : { archive }) }
  return measuredOn({ ...plan, origin }, evaluation)
}

import type { StudentSeed } from '../actors/roles/contract.ts'
import type { ExperimentPlan } from '../actors/roles/experiment-contract.ts'
import { actorName, EVALUATOR, studentActor } from '../actors/roles/names.ts'
import { loadExport } from '../core/module.ts'
import { EVALUATION_LANES } from '../evaluation/episodes.ts'
import type { PolicyFile } from '../inference/contract.ts'
import { prepareCuda } from '../inference/cuda/prepare-cuda.ts'
import { takenDevice } from '../inference/device.ts'
import { openPolicyThread } from '../inference/policy-thread.ts'
import { tryDevice } from '../inference/providers.ts'
import type { StudentDefinition } from '../learners/contract.ts'
import type { EvaluationDevice, RunConfig } from './contract.ts'
import { isHere, placementOf } from './placement-of.ts'

/**
 * Settles `evaluation.device`. `auto` is timed on this machine, with the student as it begins; a run that goes on keeps
 * what it began with.
 * @throws AgonError `onnx/provider` where it does not work on this machine and is to be used here
 * @param before of the manifest of a run that goes on
 */
export async function settleEvaluationDevice(
  config: Pick<RunConfig, 'evaluation' | 'placement'>,
  plan: ExperimentPlan,
  before?: EvaluationDevice,
): Promise<EvaluationDevice | undefined> {
  const { device = 'cpu' } = config.evaluation
  if (device === 'cpu') return undefined
  prepareCuda()
  if (device !== 'auto') {
    const taken = takenDevice(device)
    if (isHere(config.placement, actorName(EVALUATOR))) await tryDevice(taken)
    return { device: taken }
  }
  if (before?.choice !== undefined) return before
  const why = unmeasured(config.placement, plan)
  if (why !== null) return { device: 'cpu', choice: { cudaFrom: null, timings: [], why } }
  const [student] = plan.students
  const policy = await firstPolicy(student)
  if (policy === null)
    return {
      device: 'cpu',
      choice: { cudaFrom: null, timings: [], why: 'the student exports no policy' },
    }
  return await timed(policy, EVALUATION_LANES * student.spec.agents)
}

function unmeasured(
  placement: RunConfig['placement'],
  { students: [{ slot }] }: ExperimentPlan,
): string | null {
  if (!isHere(placement, actorName(EVALUATOR)))
    return 'evaluation runs on another machine, which auto cannot time; name a device'
  if (placementOf(placement, actorName(studentActor(slot))) === 'attach')
    return 'the student is attached, so there is no policy to time yet; name a device'
  return null
}

/** @param rows of a batch of the evaluation */
async function timed(policy: PolicyFile, rows: number): Promise<EvaluationDevice> {
  const opened = await openPolicyThread(policy, { device: 'auto', rows: [rows] })
  await opened.release()
  const { choice } = opened
  const device = choice === undefined || choice.cudaFrom === null ? 'cpu' : opened.device
  return { device: device ?? 'cpu', ...(choice === undefined ? {} : { choice }) }
}

/** What a student exports before its first update; null where it exports nothing. */
export async function firstPolicy(seed: StudentSeed): Promise<PolicyFile | null> {
  if (seed.init !== undefined) return seed.init
  const definition = await loadExport<StudentDefinition<unknown>>(seed.module, 'student')
  const student = await definition.create(seed.options, seed)
  try {
    return (await student.exportPolicy?.()) ?? null
  } finally {
    await student.close()
  }
}

/** The plan with the device that its evaluator measures on. */
export function measuredOn(
  plan: ExperimentPlan,
  evaluation: EvaluationDevice | undefined,
): ExperimentPlan {
  if (evaluation === undefined) return plan
  return { ...plan, evaluator: { ...plan.evaluator, device: evaluation.device } }
}

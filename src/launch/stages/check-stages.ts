import type { ExperimentPlan } from '../../actors/roles/experiment-contract.ts'
import { ADVERSARY, actorName, studentActor } from '../../actors/roles/names.ts'
import type { Adversary, AdversaryDefinition } from '../../adversaries/contract.ts'
import { AgonError, toErrorRecord } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import { loadExport } from '../../core/module.ts'
import type { DatasetRef } from '../../datasets/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { RunConfig, StageConfig } from '../../run/contract.ts'
import { firstPolicy } from '../../run/evaluation-device.ts'
import { placementOf } from '../../run/placement-of.ts'
import { makePlan } from '../../run/program.ts'
import { stageRun } from '../../run/stages/stage-files.ts'

/**
 * Plans every stage and tries each handing over with what an untrained student and an empty archive leave, so that what
 * cannot follow on is refused before the first stage has run.
 * @returns the plan of the first
 * @throws AgonError what the plan of a stage is refused for, `stages/archive`, what a student says of a policy
 */
export async function checkStages(config: RunConfig, init?: PolicyFile): Promise<ExperimentPlan> {
  const { stages = [] } = config
  const plans: ExperimentPlan[] = []
  for (const [i, stage] of stages.entries()) {
    const own = stageRun(config, i)
    const { policy, archive, dataset } = stage.from ?? {}
    const left = dataset === undefined ? undefined : NOT_YET
    plans.push(await makePlan(own, i === 0 ? init : undefined, left))
    if (policy !== undefined) {
      const [name, slot] = policy.split('.')
      const untrained = await firstPolicies(config, plans, name)
      // As it will be: an outsider's policy, which is not known yet, counts as one of several.
      const slots = plans[indexOf(config, name)].students.map((student) => student.slot)
      const source = (of: SlotId): string => slot ?? (slots.length === 1 ? slots[0] : of)
      if (Object.keys(untrained).length > 0)
        await makePlan(own, (of) => untrained[source(of)], left)
    }
    if (archive !== undefined) await checkArchive(config, plans, i, archive)
  }
  return plans[0]
}

/** Stands for a dataset that is not left yet. */
const NOT_YET: DatasetRef = { path: '', sha256: '' }

const indexOf = ({ stages = [] }: RunConfig, name: string): number =>
  stages.findIndex((stage) => stage.name === name)

/** Of the students that this program makes itself; an outsider's policy is seen when it comes. */
async function firstPolicies(
  config: RunConfig,
  plans: readonly ExperimentPlan[],
  stage: string,
): Promise<Readonly<Record<string, PolicyFile>>> {
  const policies: Record<string, PolicyFile> = {}
  for (const seed of plans[indexOf(config, stage)].students) {
    if (placementOf(config.placement, actorName(studentActor(seed.slot))) !== 'attach') {
      const policy = await firstPolicy(seed)
      if (policy !== null) policies[seed.slot] = policy
    }
  }
  return policies
}

async function checkArchive(
  config: RunConfig,
  plans: readonly ExperimentPlan[],
  index: number,
  name: string,
): Promise<void> {
  // An outsider's record is its own business.
  if (placementOf(config.placement, actorName(ADVERSARY)) === 'attach') return
  const stages = config.stages as readonly StageConfig[]
  const source = stages[indexOf(config, name)]
  const target = stages[index]
  const refuse = (why: string, cause?: unknown): AgonError =>
    new AgonError(
      'stages/archive',
      `the adversary of '${target.name}' (${target.adversary.id}) cannot begin with the archive of '${name}' (${source.adversary.id}): ${why}`,
      {
        place: `stages.${index}.from.archive`,
        remedy: 'give both stages the same kind of adversary, or leave out from.archive',
        cause,
      },
    )
  if (source.env.module !== target.env.module)
    throw refuse(`its levels are of '${source.env.id}', not of '${target.env.id}'`)
  const from = await adversaryOf(plans[indexOf(config, name)])
  const to = await adversaryOf(plans[index])
  try {
    to.restore(from.snapshot(from.init()))
  } catch (cause) {
    throw refuse(toErrorRecord(cause).message, cause)
  }
}

async function adversaryOf({ adversary }: ExperimentPlan): Promise<Adversary<unknown>> {
  const { module, options, slots, discount, environment } = adversary
  const definition = await loadExport<AdversaryDefinition<unknown>>(module, 'adversary')
  const { levels, returnRange } = await loadEnvironment(environment)
  return definition.create(options, {
    levels,
    slots,
    ...(discount === undefined ? {} : { discount }),
    ...(returnRange === undefined ? {} : { returnRange }),
  })
}

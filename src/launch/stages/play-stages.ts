import type {
  Cut,
  ExperimentPlan,
  ExperimentResult,
} from '../../actors/roles/experiment-contract.ts'
import { addSpending } from '../../actors/roles/spending.ts'
import { type RunningExperiment, startExperiment } from '../../actors/roles/start-experiment.ts'
import type { ProgressEvent, RunConfig, RunManifest, StageConfig } from '../../run/contract.ts'
import type { EffectsInput, runEffects } from '../../run/effects.ts'
import type { RunDirectory } from '../../run/run-directory.ts'
import type { StagePosition } from '../../run/stages/position.ts'
import { leavePolicies, publishStage, stageDirectory } from '../../run/stages/stage-directory.ts'
import { stageRun } from '../../run/stages/stage-files.ts'

export interface StagesInput {
  /** With its stages. */
  readonly config: RunConfig
  readonly position: StagePosition
  /** Of the stage at hand. */
  readonly plan: ExperimentPlan
  readonly cut: Cut | null
  readonly epoch: number
  readonly directory: RunDirectory
  readonly onProgress: (event: ProgressEvent) => void
  readonly updateManifest: (change: (manifest: RunManifest) => RunManifest) => void
  /** The world of one stage, with the directory that it writes. */
  readonly openEffects: (
    of: Pick<EffectsInput, 'config' | 'directory' | 'stage'>,
  ) => ReturnType<typeof runEffects>
  /** The plan of a later stage, once all before it are over, with its actors' places opened. */
  readonly nextPlan: (position: StagePosition) => Promise<ExperimentPlan>
}

/**
 * One stage after the other, each an experiment of its own that knows nothing of the others: what is between two of them
 * is that the manifest says that the first is over, which is written once its last cut and its policies are there.
 */
export function playStages(input: StagesInput): RunningExperiment {
  let running: RunningExperiment | null = null
  let stopping = false
  const start = (given: Parameters<typeof startExperiment>[0]): RunningExperiment => {
    running = startExperiment(given)
    if (stopping) running.stop()
    return running
  }
  return {
    result: play(input, start),
    stop() {
      stopping = true
      running?.stop()
    },
  }
}

async function play(
  input: StagesInput,
  start: (given: Parameters<typeof startExperiment>[0]) => RunningExperiment,
): Promise<ExperimentResult> {
  const { config, updateManifest } = input
  const stages = config.stages as readonly StageConfig[]
  const solvedRate: Record<string, number> = {}
  const measures: Record<string, Readonly<Record<string, number>>> = {}
  let { position, plan, cut, epoch } = input
  for (;;) {
    const ended = await playStage({ ...input, position, plan, cut, epoch }, start)
    const { name, budget } = stages[position.index]
    for (const [slot, rate] of Object.entries(ended.result.solvedRate))
      solvedRate[`${name}/${slot}`] = rate
    for (const [slot, named] of Object.entries(ended.result.measures ?? {}))
      measures[`${name}/${slot}`] = named
    const measured = { solvedRate, ...(Object.keys(measures).length === 0 ? {} : { measures }) }
    const spent = addSpending(position.before, ended.result.spent)
    if (ended.result.status !== 'finished') return { ...ended.result, spent, ...measured }
    const finished = [...position.finished, { name, spent: ended.result.spent, budget }]
    updateManifest((manifest) => ({ ...manifest, spent, stages: finished }))
    position = { index: position.index + 1, finished, before: spent }
    if (position.index === stages.length) return { ...ended.result, spent, ...measured }
    plan = await input.nextPlan(position)
    cut = null
    epoch = ended.epoch + 1
  }
}

interface Ended {
  readonly result: ExperimentResult
  /** The last of the stage. */
  readonly epoch: number
}

async function playStage(
  { config, position, plan, cut, epoch, directory, ...input }: StagesInput,
  start: (given: Parameters<typeof startExperiment>[0]) => RunningExperiment,
): Promise<Ended> {
  const stages = config.stages as readonly StageConfig[]
  const { index, before } = position
  const { name, budget } = stages[index]
  const own = stageRun(config, index)
  const of = stageDirectory(directory, name)
  const [{ spec }] = plan.students
  const scope = {
    ...{ name, spec, before },
    number: index + 1,
    of: stages.length,
    root: directory.path,
  }
  const opened = input.openEffects({ config: own, directory: of, stage: scope })
  const publish = (): void => publishStage(directory, of, own)
  let last = epoch
  const effects: typeof opened = {
    ...opened,
    async writeCut(cut) {
      const path = await opened.writeCut(cut)
      publish()
      return path
    },
    rewind(cycle, epoch, cause) {
      last = epoch
      opened.rewind(cycle, epoch, cause)
      publish()
    },
    storeEvaluation(slot, when, report) {
      opened.storeEvaluation(slot, when, report)
      publish()
    },
  }
  try {
    const from = cut?.cycle ?? before.cycles
    const done = index / stages.length
    of.journal({ kind: 'stage', epoch, cycle: from })
    effects.rewind(from, epoch, null)
    input.onProgress({
      kind: 'stage',
      stage: name,
      number: scope.number,
      of: scope.of,
      budget,
      done,
    })
    const origin = { ...plan.origin, cycle: before.cycles }
    const followed = index + 1 < stages.length ? { followed: true as const } : {}
    const whole = { ...plan, origin, ...followed }
    const result = await start({ plan: whole, effects, cut, epoch }).result
    if (result.status === 'finished') {
      leavePolicies(directory, of, name, own)
      opened.leave()
    }
    return { result, epoch: last }
  } finally {
    effects.close()
  }
}

import { existsSync } from 'node:fs'
import type { Cut } from '../../actors/roles/experiment-contract.ts'
import { addSpending, NOTHING_SPENT } from '../../actors/roles/spending.ts'
import type { Clock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import { measuresByName } from '../../evaluation/measures.ts'
import { applyResumeChanges } from '../../run/config/index.ts'
import type {
  ProgressEvent,
  RunConfig,
  RunManifest,
  RunResult,
  StageConfig,
} from '../../run/contract.ts'
import { measuredOn, settleEvaluationDevice } from '../../run/evaluation-device.ts'
import { checkEvaluations } from '../../run/evaluation-store.ts'
import { checkSpace, sizeOf } from '../../run/free-disk.ts'
import type { PreparedRun } from '../../run/prepared-run.ts'
import { readRunFile } from '../../run/read-run-file.ts'
import { newestCut } from '../../run/resume-checks.ts'
import type { RunDirectory } from '../../run/run-directory.ts'
import { evaluationSchema } from '../../run/run-files.schema.ts'
import { stagePosition } from '../../run/stages/position.ts'
import { stageDirectory } from '../../run/stages/stage-directory.ts'
import { stageFolder, stagePolicies, stageRun } from '../../run/stages/stage-files.ts'
import { begin } from '../begin.ts'
import { checkCarriedCuts } from '../carried-cuts.ts'
import { checkMachine } from '../check-machine.ts'
import { diskOf } from '../disk-of.ts'
import { endedHandle } from '../finished-run.ts'
import { openHubOf } from '../hub/open-hub-of.ts'
import { stagePlan } from './stage-plan.ts'

export interface StagesResume {
  readonly set: readonly string[]
  readonly onProgress: (event: ProgressEvent) => void
  readonly clock: Clock
}

/**
 * A run with stages up to the moment when the stage at hand goes on.
 * @throws AgonError `stages/over`, `stages/output`, `config/spent`, and what a run without stages is refused for
 */
export async function preparedStages(
  directory: RunDirectory,
  manifest: RunManifest,
  written: RunConfig,
  { set, onProgress, clock }: StagesResume,
): Promise<PreparedRun> {
  const config = applyResumeChanges(written, set, NOTHING_SPENT)
  await checkCarriedCuts(written, config)
  const stages = config.stages as readonly StageConfig[]
  const position = stagePosition(config, manifest)
  const { index, before } = position
  if (index === stages.length) return await ended(directory, manifest, config, onProgress)
  const folder = stageDirectory(directory, stages[index].name)
  checkEvaluations(folder.file('evaluation.json'))
  const cut = newestCut(folder, manifest, onProgress)
  checkBudget(stages[index], index, cut)
  checkSpace(directory.path, (await diskOf(config)) - sizeOf(directory.path))
  const own = stageRun(config, index)
  const made = await stagePlan(config, position, directory, manifest)
  await checkMachine(own)
  const evaluation = await settleEvaluationDevice(own, made, manifest.evaluation)
  const plan = measuredOn(made, evaluation)
  const { run: id, name, created } = manifest
  const spent = addSpending(before, cut?.spent ?? NOTHING_SPENT)
  const facts = { id, name, directory: directory.path, created, spent }
  const opened = await openHubOf(own, plan, facts, true)
  return {
    begin: async () =>
      begin({
        ...{ config, plan, directory, manifest, clock, onProgress, cut, position, ...opened },
        ...(evaluation === undefined ? {} : { evaluation }),
      }),
    async close() {
      await opened.hub.close()
      directory.close()
    },
  }
}

/** A new budget of the stage at hand that was passed long ago. */
function checkBudget({ name, budget }: StageConfig, index: number, cut: Cut | null): void {
  for (const [unit, limit] of Object.entries(budget)) {
    const spent = cut?.spent[unit as keyof Cut['spent']] ?? 0
    if (limit < spent)
      throw new AgonError(
        'config/spent',
        `must be at least the ${spent} that the stage '${name}' has spent, not ${limit}`,
        { place: `stages.${index}.budget.${unit}` },
      )
  }
}

async function ended(
  directory: RunDirectory,
  { spent }: RunManifest,
  config: RunConfig,
  onProgress: (event: ProgressEvent) => void,
): Promise<PreparedRun> {
  const solvedRate: Record<string, number> = {}
  const measures: Record<string, Readonly<Record<string, number>>> = {}
  for (const { name } of config.stages ?? []) {
    const folder = directory.file(stageFolder(name))
    const { value } = await readRunFile(folder, 'evaluation.json', evaluationSchema)
    for (const [slot, { final }] of Object.entries(value?.slots ?? {})) {
      if (final === undefined) continue
      if (final.solvedRate !== null) solvedRate[`${name}/${slot}`] = final.solvedRate
      const named = measuresByName(final).measures
      if (named !== undefined) measures[`${name}/${slot}`] = named
    }
  }
  const result: RunResult = {
    status: 'finished',
    dir: directory.path,
    spent,
    policies: stagePolicies(config, directory.file, existsSync),
    report: directory.file('report.html'),
    solvedRate,
    ...(Object.keys(measures).length === 0 ? {} : { measures }),
  }
  return {
    async begin() {
      directory.close()
      return endedHandle(result, config.budget, onProgress)
    },
    close: async () => directory.close(),
  }
}

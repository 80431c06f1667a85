import { resolve as resolvePath } from 'node:path'
import { NOTHING_SPENT } from '../actors/roles/spending.ts'
import { type Clock, systemClock } from '../core/clock.ts'
import { applyResumeChanges, loadConfig } from '../run/config/index.ts'
import type { Budget, ProgressEvent, RunConfig, RunManifest } from '../run/contract.ts'
import { measuredOn, settleEvaluationDevice } from '../run/evaluation-device.ts'
import { checkEvaluations } from '../run/evaluation-store.ts'
import { checkSpace, sizeOf } from '../run/free-disk.ts'
import { KEPT_INIT, readKeptPolicy } from '../run/kept-policy.ts'
import type { PreparedRun } from '../run/prepared-run.ts'
import { makePlan } from '../run/program.ts'
import { checkIdentity, newestCut } from '../run/resume-checks.ts'
import { openRunDirectory, type RunDirectory } from '../run/run-directory.ts'
import { configFacts } from '../views/listing/run-listing.ts'
import { begin } from './begin.ts'
import { checkCarriedCuts } from './carried-cuts.ts'
import { checkMachine } from './check-machine.ts'
import { diskOf } from './disk-of.ts'
import { endedHandle, finishedRun } from './finished-run.ts'
import { openHubOf } from './hub/open-hub-of.ts'
import type { RunHub } from './hub/run-hub.ts'
import { preparedStages } from './stages/prepare-stages.ts'

export interface ResumeOptions {
  /** Another config of the same experiment to go on with; by default the run's own. */
  readonly config?: RunConfig
  /** `key=value` for the keys that may change. */
  readonly set: readonly string[]
  readonly onProgress: (event: ProgressEvent) => void
  readonly clock?: Clock
}

/**
 * A resumption up to the moment when it goes on: the directory is taken, every obstacle has been looked for, and the hub
 * listens.
 * @throws AgonError as `resume`
 */
export async function prepareResume(dir: string, options: ResumeOptions): Promise<PreparedRun> {
  const directory = await openRunDirectory(resolvePath(dir), 'existing', (warning) =>
    options.onProgress({ kind: 'warning', warning }),
  )
  try {
    return await prepared(directory, options)
  } catch (error) {
    directory.close()
    throw error
  }
}

async function prepared(
  directory: RunDirectory,
  { config: given, set, onProgress, clock = systemClock }: ResumeOptions,
): Promise<PreparedRun> {
  const manifest = directory.readManifest()
  const unchanged = given === undefined && set.length === 0
  const ended = unchanged ? await alreadyEnded(directory, manifest, onProgress) : null
  if (ended !== null) return ended
  const written = given ?? (await loadConfig(directory.file('config.yaml')))
  checkIdentity(written, manifest, directory)
  if (written.stages !== undefined)
    return await preparedStages(directory, manifest, written, { set, onProgress, clock })
  checkEvaluations(directory.file('evaluation.json'))
  const cut = newestCut(directory, manifest, onProgress)
  const spent = cut?.spent ?? NOTHING_SPENT
  const config = applyResumeChanges(written, set, spent)
  await checkCarriedCuts(written, config)
  const spentAll = await alreadyEnded(directory, manifest, onProgress, config.budget)
  if (spentAll !== null) return spentAll
  checkSpace(directory.path, (await diskOf(config)) - sizeOf(directory.path))
  const made = await makePlan(config, readKeptPolicy(directory.file(KEPT_INIT)) ?? undefined)
  await checkMachine(config)
  const evaluation = await settleEvaluationDevice(config, made, manifest.evaluation)
  const plan = measuredOn(made, evaluation)
  const { run: id, name, created } = manifest
  const facts = { id, name, directory: directory.path, created, spent }
  const { hub, remote } = await openHubOf(config, plan, facts)
  return {
    begin: async () =>
      begin({
        ...{ config, plan, directory, manifest, clock, onProgress, cut, hub, remote },
        ...(evaluation === undefined ? {} : { evaluation }),
      }),
    close: () => closeBoth(hub, directory),
  }
}

async function closeBoth(hub: RunHub, directory: RunDirectory): Promise<void> {
  await hub.close()
  directory.close()
}

/**
 * The run where it has finished and nothing more is asked of it: no module is loaded, no file changed.
 * @param budget by default that of the run
 */
async function alreadyEnded(
  directory: RunDirectory,
  manifest: RunManifest,
  onProgress: ResumeOptions['onProgress'],
  budget?: Budget,
): Promise<PreparedRun | null> {
  if (manifest.stages !== undefined) return null
  const written = await configFacts(directory.path)
  const asked = budget ?? written.budget
  if (asked === null) return null
  const result = await finishedRun(directory, manifest, written.slots, asked)
  if (result === null) return null
  return {
    async begin() {
      directory.close()
      return endedHandle(result, asked, onProgress)
    },
    close: async () => directory.close(),
  }
}

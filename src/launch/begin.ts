import { availableParallelism } from 'node:os'
import type { Cut, ExperimentPlan, ExperimentResult } from '../actors/roles/experiment-contract.ts'
import { actorName } from '../actors/roles/names.ts'
import { addSpending, NOTHING_SPENT } from '../actors/roles/spending.ts'
import { type RunningExperiment, startExperiment } from '../actors/roles/start-experiment.ts'
import type { Clock } from '../core/clock.ts'
import { type ErrorRecord, toErrorRecord } from '../core/errors.ts'
import type { ActorId } from '../core/ids.ts'
import { describeChoice } from '../inference/device-choice.ts'
import { formatConfig } from '../run/config/index.ts'
import type {
  EvaluationDevice,
  ProgressEvent,
  RunConfig,
  RunHandle,
  RunManifest,
} from '../run/contract.ts'
import { openCutStore } from '../run/cuts/cut-store.ts'
import { replaceFile } from '../run/durable-file.ts'
import { type EffectsInput, runEffects } from '../run/effects.ts'
import { openHistoryLog } from '../run/history/history-log.ts'
import { openLevelLog } from '../run/levels/level-log.ts'
import { openMetricsWriter } from '../run/metrics/index.ts'
import { placementOf } from '../run/placement-of.ts'
import { platformDifferences, readPlatform } from '../run/platform.ts'
import type { RunDirectory } from '../run/run-directory.ts'
import { RunError } from '../run/run-error.ts'
import type { StagePosition } from '../run/stages/position.ts'
import { partsOf, stageRun } from '../run/stages/stage-files.ts'
import { conclude } from './conclude.ts'
import { coreNotes } from './core-notes.ts'
import { admission } from './hub/admission.ts'
import { childNodes } from './hub/child-nodes.ts'
import { HUB_FILES } from './hub/hub-files.ts'
import type { RemoteActors } from './hub/remote-actors.ts'
import type { RunHub } from './hub/run-hub.ts'
import type { SwitchedActors } from './hub/switched-actors.ts'
import { openAt } from './placement.ts'
import { playStages } from './stages/play-stages.ts'
import { stagePlan } from './stages/stage-plan.ts'
import { stepWay } from './step-way.ts'

/** A run whose every obstacle has been looked for: what it is to do, where, and from where. */
export interface Beginning {
  readonly config: RunConfig
  readonly plan: ExperimentPlan
  readonly directory: RunDirectory
  readonly manifest: RunManifest
  readonly clock: Clock
  readonly onProgress: (event: ProgressEvent) => void
  /** What to go on from; null = cycle 0. */
  readonly cut: Cut | null
  /** Open, and closed with the run. */
  readonly hub: RunHub
  readonly remote: RemoteActors
  /** Where a run with stages stands; plan and cut are those of the stage at hand. */
  readonly position?: StagePosition
  /** The same as `remote` in a run with stages. */
  readonly switched?: SwitchedActors
  /** Where policies are measured; undefined: the CPU, as by default. */
  readonly evaluation?: EvaluationDevice
}

/** Sets the actors going and leaves the directory as people expect it when they are done. */
export function begin(given: Beginning): RunHandle {
  const { config, plan, directory, clock, cut, hub, remote, position } = given
  const onProgress = (event: ProgressEvent): void => {
    hub.on(event)
    given.onProgress(event)
  }
  const input = { ...given, onProgress }
  let { manifest } = input
  const updateManifest = (change: (manifest: RunManifest) => RunManifest): void => {
    manifest = change(manifest)
    directory.writeManifest(manifest)
  }
  const metrics = openMetricsWriter(directory.path)
  const levels = openLevelLog(directory.path, config.levelLog !== false)
  const history = openHistoryLog(directory.path)
  const children = childNodes(directory.file(HUB_FILES.rendezvous), (actor, how) =>
    onProgress({ kind: 'warning', warning: childEnded(actor, how) }),
  )
  const inexact = (actor: ActorId, reason: string): void => {
    directory.journal({ kind: 'inexact', epoch: 0, cycle: 0, actor, reasons: [reason] })
    onProgress({
      kind: 'warning',
      warning: { code: 'run/inexact', message: `${actor}: ${reason}: this run is not exact` },
    })
  }
  remote.onAdmit(
    admission({
      platform: readPlatform(),
      policy: config.hub.otherPlatform,
      placement: (actor) => placementOf(config.placement, actorName(actor)),
      known: (actor) => manifest.outsiders?.[actor] ?? null,
      remember: (actor, platform) =>
        updateManifest((before) => ({
          ...before,
          outsiders: { ...before.outsiders, [actor]: platform },
        })),
      inexact,
    }),
  )
  const started = clock.now()
  const openEffects = (
    of: Pick<EffectsInput, 'config' | 'directory' | 'stage'>,
  ): ReturnType<typeof runEffects> => {
    const { keep } = config.cuts
    const { path, check } = of.directory
    return runEffects({
      ...of,
      openActor: openAt(config.placement, remote.hub, children),
      cuts: openCutStore(path, keep, manifest.configSha256, check),
      ...{ metrics, levels, history, clock, started, onProgress, updateManifest },
      actors: hub.actors,
    })
  }
  replaceFile(directory.file('config.yaml'), formatConfig(config, directory.path))
  warnOfPlatform(input)
  const epoch = 1 + Math.max(0, ...manifest.epochs.map((entry) => entry.epoch))
  const timed = partsOf(config).some(({ budget }) => 'seconds' in budget)
  const doubts = timed ? [ENDED_BY_CLOCK] : []
  updateManifest(({ error: _, evaluation: __, inexact: ___, ...before }) => ({
    ...before,
    status: 'running',
    ...(doubts.length === 0 ? {} : { inexact: doubts }),
    platform: readPlatform(given.evaluation),
    ...(given.evaluation === undefined ? {} : { evaluation: given.evaluation }),
  }))
  const before = position?.before ?? NOTHING_SPENT
  const from = cut?.cycle ?? before.cycles
  const spent = addSpending(before, cut?.spent ?? NOTHING_SPENT)
  let stop = (): void => {}
  const { file, warnings } = hub.publish(() => stop())
  const notes = [...coreNotes(config, availableParallelism()), ...stepWay(config.env)]
  onProgress({
    kind: 'started',
    dir: directory.path,
    from,
    spent,
    budget: config.budget,
    hub: { address: hub.address, file },
    ...(notes.length === 0 ? {} : { notes }),
  })
  if (given.evaluation?.choice !== undefined)
    onProgress({ kind: 'warning', warning: chosenDevice(given.evaluation) })
  for (const warning of warnings) onProgress({ kind: 'warning', warning })
  for (const message of doubts)
    onProgress({ kind: 'warning', warning: { code: 'run/inexact', message } })
  if (epoch > 1) directory.journal({ kind: 'resumed', epoch, cycle: from, from, cause: null })
  const alone = (): RunningExperiment => {
    const effects = openEffects({ config, directory })
    effects.rewind(from, epoch, null)
    const experiment = startExperiment({ plan, effects, cut, epoch })
    return { ...experiment, result: experiment.result.finally(effects.close) }
  }
  const experiment =
    position === undefined
      ? alone()
      : playStages({
          ...{ config, position, plan, cut, epoch, directory, onProgress, updateManifest },
          openEffects,
          async nextPlan(next) {
            const made = await stagePlan(config, next, directory, manifest, given.evaluation)
            await given.switched?.next(stageRun(config, next.index), made)
            return made
          },
        })
  stop = experiment.stop
  const close = async (): Promise<void> => {
    remote.hub.end(false)
    await children.close()
    await hub.close()
    metrics.close()
    levels.close()
    history.close()
    directory.close()
  }
  const failed = (cause: unknown): ExperimentResult => ({
    status: 'failed',
    spent: manifest.spent,
    solvedRate: {},
    error: toErrorRecord(cause),
  })
  const lost = new Promise<ExperimentResult>((resolve) => {
    directory.onLost((error) => {
      // Its next write is refused; it may be waiting for somebody and never come to that.
      stop()
      resolve(failed(error))
    })
  })
  // An effect failed, such as a write to a full disk.
  const result = Promise.race([experiment.result.catch(failed), lost])
    .then((ended) =>
      conclude(ended, input, updateManifest, () => {
        metrics.sync()
        levels.sync()
        history.sync()
      }),
    )
    .then(
      (concluded) => {
        hub.end(concluded.status)
        return concluded
      },
      (error) => {
        hub.fail(error)
        throw new RunError(error)
      },
    )
    .finally(close)
  return { result, stop }
}

const ENDED_BY_CLOCK =
  'the budget is in seconds: a clock decides after which cycle the run ends; the cycles themselves are exact'

const chosenDevice = ({ device, choice }: EvaluationDevice): ErrorRecord => ({
  code: 'run/device',
  message: `evaluation runs on ${describeChoice(device, choice)}`,
})

const childEnded = (actor: ActorId, how: string): ErrorRecord => ({
  code: 'actor/process',
  message: `the process of ${actor} ended (${how})`,
})

function warnOfPlatform({ manifest, directory, onProgress, evaluation }: Beginning): void {
  const differences = platformDifferences(manifest.platform, readPlatform(evaluation))
  if (differences.length === 0) return
  const message = `this platform differs from the one the run began on (${differences.join('; ')}): the result may differ in the last bits`
  directory.journal({ kind: 'inexact', epoch: 0, cycle: 0, differences })
  onProgress({ kind: 'warning', warning: { code: 'run/inexact', message } })
}

import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cut, ExperimentEffects } from '../actors/roles/experiment-contract.ts'
import { actorName } from '../actors/roles/names.ts'
import { addSpending } from '../actors/roles/spending.ts'
import type { Clock } from '../core/clock.ts'
import type { SlotId } from '../core/ids.ts'
import { withFile } from '../core/system-errors.ts'
import { realTimers } from '../core/timers.ts'
import type { EnvironmentSpec } from '../envs/contract.ts'
import type { PolicyFile } from '../inference/contract.ts'
import type { ActorLedger } from './actor-states.ts'
import type { ProgressEvent, RunConfig, RunManifest, Spent } from './contract.ts'
import { policyName } from './cuts/cut-files.ts'
import type { CutStore } from './cuts/cut-store.ts'
import { cycleRows } from './cycle-rows.ts'
import { openStageDataset } from './datasets/stage-dataset.ts'
import { replaceFile, syncFile } from './durable-file.ts'
import { type EvaluationStore, openEvaluationStore } from './evaluation-store.ts'
import { fileSha256 } from './file-sha256.ts'
import { forwardProgress } from './forward-progress.ts'
import type { HistoryLog } from './history/history-log.ts'
import { keepPolicy, readKeptPolicy } from './kept-policy.ts'
import type { LevelLog } from './levels/level-log.ts'
import { type EventFile, type MetricsWriter, openEventFile } from './metrics/index.ts'
import { placementOf } from './placement-of.ts'
import { openReplyStore } from './replies/reply-store.ts'
import type { RunDirectory } from './run-directory.ts'

export interface EffectsInput {
  readonly config: RunConfig
  readonly directory: RunDirectory
  readonly cuts: CutStore
  readonly metrics: MetricsWriter
  readonly levels: LevelLog
  readonly history: HistoryLog
  readonly clock: Clock
  /** Monotonic time at which this process started the run. */
  readonly started: number
  readonly onProgress: (event: ProgressEvent) => void
  readonly updateManifest: (change: (manifest: RunManifest) => RunManifest) => void
  readonly actors: ActorLedger
  /** Where the run has stages. */
  readonly stage?: StageScope
  /** Starts an actor at its place. */
  readonly openActor: ExperimentEffects['open']
}

/** A stage among the others of its run. */
export interface StageScope {
  readonly name: string
  /** Of the environment in which its students play. */
  readonly spec: EnvironmentSpec
  /** From 1. */
  readonly number: number
  readonly of: number
  /** What the stages before it have spent. */
  readonly before: Spent
  /** The run directory, where the replies of services and the journal are. */
  readonly root: string
}

export interface RunEffects extends ExperimentEffects {
  /** What the stage is to leave for good, once it is over. */
  leave(): void
  close(): void
}

/** What the experiment does to files, threads and the terminal. */
export function runEffects(input: EffectsInput): RunEffects {
  const { config, directory, cuts, metrics, levels, history, clock, onProgress, actors } = input
  const { openActor, stage } = input
  /** Of the whole run. */
  const inAll = (spent: Spent): Spent =>
    stage === undefined ? spent : addSpending(stage.before, spent)
  const slots = Object.keys(config.students).length
  const asking =
    config.services === undefined
      ? {}
      : {
          asking: {
            timers: realTimers,
            replies: openReplyStore({
              path: stage?.root ?? directory.path,
              check: directory.check,
              journal(record) {
                directory.journal(record)
                // What was paid for is not lost with the power either.
                syncFile(directory.file('journal.jsonl'))
              },
              warn: (warning) => onProgress({ kind: 'warning', warning }),
            }),
          },
        }
  const dataset = stage === undefined ? null : openStageDataset(input, stage)
  const evaluations: EvaluationStore = openEvaluationStore(directory.file('evaluation.json'))
  const initialFolder = directory.file('initial')
  /** Of the policy beside the cuts; null where the student exports none. */
  const policySha256 = (slot: SlotId): string | null =>
    fileSha256(directory.file(`${policyName(slot, slots)}.onnx`))
  /** Why the run is at that cycle where nothing was lost. */
  const beginning = (cycle: number): string => {
    if (cycle === 0) return 'start'
    return cycle === stage?.before.cycles ? 'stage' : 'resume'
  }
  let events: EventFile | null = null
  const openEvents = (epoch: number, from: number): void => {
    events?.close()
    events = config.tensorboard
      ? openEventFile(directory.file('tensorboard'), { epoch, from, clock })
      : null
  }
  return {
    clock,
    open(actor, seed, epoch) {
      actors.note(actor, {
        placement: placementOf(config.placement, actorName(actor)),
        state: 'opening',
        epoch,
      })
      return openActor(actor, seed, epoch)
    },
    actorState: (actor, state, epoch) => actors.note(actor, { state, epoch }),
    async writeCut(cut) {
      directory.check()
      metrics.sync()
      levels.sync()
      history.sync()
      events?.sync()
      const path = cuts.write(cut)
      directory.check()
      publish(directory, cut, slots)
      dataset?.prune(cuts.cycles()[0])
      // What was measured stands until there is a newer student to measure.
      evaluations.keepFinal((slot, sha256) => sha256 === policySha256(slot))
      input.updateManifest((manifest) => ({ ...manifest, spent: inAll(cut.spent) }))
      return path
    },
    async loadCut() {
      return cuts.newest((warning) => {
        directory.journal({ kind: 'damaged', epoch: 0, cycle: 0, ...warning })
        onProgress({ kind: 'warning', warning })
      })
    },
    rewind(cycle, epoch, cause) {
      directory.check()
      evaluations.keepFinal((slot, sha256) => {
        const published = policySha256(slot)
        return published === null || published === sha256
      })
      dataset?.rewind(cycle)
      const last = metrics.truncateTo(cycle)
      levels.truncateTo(cycle)
      history.truncateTo(cycle)
      if (cycle > 0 && last < cycle)
        onProgress({
          kind: 'warning',
          warning: {
            code: 'run/metrics-short',
            message: `metrics.jsonl ends at cycle ${Math.max(0, last)}, the cut is of cycle ${cycle}: rows are missing`,
          },
        })
      openEvents(epoch, cycle)
      const at = new Date(clock.wall()).toISOString()
      input.updateManifest((manifest) => ({
        ...manifest,
        epochs: [
          ...manifest.epochs,
          { epoch, from: cycle, at, cause: cause?.message ?? beginning(cycle) },
        ],
      }))
      if (epoch > 1) onProgress({ kind: 'restored', epoch, from: cycle, cause })
    },
    record(row) {
      directory.check()
      const spent = inAll(row.spent)
      const wall = clock.now() - input.started
      const { metricsRow, timingsRow } = cycleRows({ ...row, spent }, wall, stage?.number)
      metrics.append(metricsRow)
      metrics.appendTimings(timingsRow)
      const played = {
        cycle: spent.cycles,
        ...(stage === undefined ? {} : { stage: stage.name }),
        attempted: row.attempted,
      }
      levels.append({ ...played, updates: spent.gradientUpdates })
      history.append(played)
      events?.scalars(spent.cycles, metricsRow)
      directory.journal({ kind: 'cycle', epoch: row.epoch, cycle: spent.cycles })
      onProgress({
        kind: 'cycle',
        spent,
        done: stage === undefined ? row.done : (stage.number - 1 + row.done) / stage.of,
        metrics: metricsRow,
        timings: timingsRow,
      })
    },
    journal: (record) => directory.journal(record),
    keepInitial(policies) {
      directory.check()
      mkdirSync(initialFolder, { recursive: true })
      writePolicies(initialFolder, policies, slots)
    },
    initial: (slot) => readKeptPolicy(join(initialFolder, policyName(slot, slots))),
    storeEvaluation(slot, when, report) {
      directory.check()
      evaluations.store(slot, when, report)
    },
    progress: (event) =>
      forwardProgress(event, onProgress, (slot) => config.students[slot].id === FROZEN),
    ...asking,
    ...(dataset === null ? {} : { episodes: dataset }),
    leave: () => dataset?.leave(),
    close: () => events?.close(),
  }
}

/** The id of a student that never learns. */
const FROZEN = 'frozen'

/** The latest policies and gallery beside the cuts, where people look for them. */
function publish(directory: RunDirectory, cut: Cut, slots: number): void {
  writePolicies(
    directory.path,
    new Map(Object.entries(cut.policies) as [SlotId, PolicyFile][]),
    slots,
  )
  const path = directory.file(`cuts/${cut.cycle}/gallery.json`)
  const gallery = withFile(path, () => readFileSync(path))
  replaceFile(directory.file('gallery.json'), gallery)
}

function writePolicies(
  folder: string,
  policies: ReadonlyMap<SlotId, PolicyFile>,
  slots: number,
): void {
  for (const [slot, policy] of policies) keepPolicy(join(folder, policyName(slot, slots)), policy)
}

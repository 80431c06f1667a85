import { randomBytes } from 'node:crypto'
import { join, resolve as resolvePath } from 'node:path'
import type { Cut, ExperimentResult } from '../actors/roles/experiment-contract.ts'
import { NOTHING_SPENT } from '../actors/roles/experiment-core.ts'
import { type RunningExperiment, startExperiment } from '../actors/roles/start-experiment.ts'
import type { Clock } from '../core/clock.ts'
import { fromErrorRecord, toErrorRecord } from '../core/errors.ts'
import type { PolicyFile } from '../inference/contract.ts'
import { version } from '../version.ts'
import {
  applyResumeChanges,
  estimate,
  formatConfig,
  loadConfig,
  loadEstimateFacts,
} from './config/index.ts'
import type { ProgressEvent, RunConfig, RunHandle, RunManifest, RunResult } from './contract.ts'
import { policyName } from './cuts/cut-files.ts'
import { openCutStore } from './cuts/cut-store.ts'
import { replaceFile } from './durable-file.ts'
import { runEffects } from './effects.ts'
import { keepPolicy, readKeptPolicy } from './kept-policy.ts'
import { openMetricsWriter } from './metrics/index.ts'
import { platformDifferences, readPlatform } from './platform.ts'
import { configSha256, makePlan } from './program.ts'
import { writeReport } from './report/index.ts'
import { checkSpace, openRunDirectory, type RunDirectory } from './run-directory.ts'
import { systemClock } from './system-clock.ts'

export interface LaunchOptions {
  /** The run directory; by default `runs/<name>-<time>-<short id>`. */
  readonly out?: string
  /** Weights to start from. */
  readonly init?: PolicyFile
  readonly onProgress: (event: ProgressEvent) => void
  readonly clock?: Clock
}

export interface ResumeOptions {
  /** `key=value` for the keys that may change. */
  readonly set: readonly string[]
  readonly onProgress: (event: ProgressEvent) => void
  readonly clock?: Clock
}

/**
 * Starts an experiment in a new run directory.
 * @throws AgonError before any work: `run/exists`, `run/unwritable`, `run/disk-full`, whatever the config's modules say
 */
export async function launch(config: RunConfig, options: LaunchOptions): Promise<RunHandle> {
  const clock = options.clock ?? systemClock
  const created = new Date(clock.wall()).toISOString()
  const id = randomBytes(3).toString('hex')
  const stamp = created.slice(0, 19).replace(/[-:]/g, '').replace('T', '-')
  const out = resolvePath(options.out ?? join('runs', `${config.name}-${stamp}-${id}`))
  const plan = await makePlan(config, options.init)
  const { diskBytes } = estimate(config, await loadEstimateFacts(config))
  const directory = openRunDirectory(out, 'new')
  return guarded(directory, () => {
    checkSpace(out, diskBytes)
    replaceFile(directory.file('config.yaml'), formatConfig(config))
    if (options.init !== undefined) keepPolicy(directory.file(INIT), options.init)
    const manifest: RunManifest = {
      format: 1,
      agon: version,
      run: id,
      name: config.name,
      created,
      platform: readPlatform(),
      configSha256: configSha256(config),
      status: 'running',
      spent: NOTHING_SPENT,
      epochs: [],
    }
    return begin({ config, plan, directory, manifest, clock, onProgress: options.onProgress })
  })
}

/**
 * Goes on with a run from its newest whole cut; damaged cuts are named and the one before is taken.
 * @throws AgonError `run/missing`, `run/locked`, `config/fixed`
 */
export async function resume(dir: string, options: ResumeOptions): Promise<RunHandle> {
  const clock = options.clock ?? systemClock
  const directory = openRunDirectory(resolvePath(dir), 'existing')
  try {
    const manifest = directory.readManifest()
    const config = applyResumeChanges(await loadConfig(directory.file('config.yaml')), options.set)
    const plan = await makePlan(config, readKeptPolicy(directory.file(INIT)) ?? undefined)
    return guarded(directory, () => {
      if (options.set.length > 0) replaceFile(directory.file('config.yaml'), formatConfig(config))
      return begin({ config, plan, directory, manifest, clock, onProgress: options.onProgress })
    })
  } catch (error) {
    directory.close()
    throw error
  }
}

/** Where `--init` is kept, for a run that is killed before its first cut. */
const INIT = 'init'

/** Gives the directory back when `work` throws. */
function guarded<T>(directory: RunDirectory, work: () => T): T {
  try {
    return work()
  } catch (error) {
    directory.close()
    throw error
  }
}

interface Beginning {
  readonly config: RunConfig
  readonly plan: Awaited<ReturnType<typeof makePlan>>
  readonly directory: RunDirectory
  readonly manifest: RunManifest
  readonly clock: Clock
  readonly onProgress: (event: ProgressEvent) => void
}

function begin(input: Beginning): RunHandle {
  const { config, plan, directory, clock, onProgress } = input
  let { manifest } = input
  const updateManifest = (change: (manifest: RunManifest) => RunManifest): void => {
    manifest = change(manifest)
    directory.writeManifest(manifest)
  }
  const cuts = openCutStore(directory.path, config.cuts.keep, manifest.configSha256)
  const metrics = openMetricsWriter(directory.path)
  const effects = runEffects({
    config,
    directory,
    cuts,
    metrics,
    clock,
    started: clock.now(),
    onProgress,
    updateManifest,
  })
  warnOfPlatform(input)
  const cut = newestCut(input, cuts)
  const epoch = 1 + Math.max(0, ...manifest.epochs.map((entry) => entry.epoch))
  updateManifest((before) => ({ ...before, status: 'running', platform: readPlatform() }))
  const from = cut?.cycle ?? 0
  const spent = cut?.spent ?? NOTHING_SPENT
  onProgress({ kind: 'started', dir: directory.path, from, spent, budget: config.budget })
  if (epoch > 1) directory.journal({ kind: 'resumed', epoch, cycle: from, from, cause: null })
  effects.rewind(from, epoch, null)
  const experiment: RunningExperiment = startExperiment({ plan, effects, cut, epoch })
  const close = (): void => {
    effects.close()
    metrics.close()
    directory.close()
  }
  const result = experiment.result
    .then((ended) => conclude(ended, input, updateManifest, metrics.sync))
    .finally(close)
  return { result, stop: experiment.stop }
}

function newestCut(
  { directory, onProgress }: Beginning,
  cuts: ReturnType<typeof openCutStore>,
): Cut | null {
  return cuts.newest((warning) => {
    directory.journal({ kind: 'damaged', epoch: 0, cycle: 0, ...warning })
    onProgress({ kind: 'warning', warning })
  })
}

function warnOfPlatform({ manifest, directory, onProgress }: Beginning): void {
  const differences = platformDifferences(manifest.platform, readPlatform())
  if (differences.length === 0) return
  const message = `this platform differs from the one the run began on (${differences.join('; ')}): the result may differ in the last bits`
  directory.journal({ kind: 'inexact', epoch: 0, cycle: 0, differences })
  onProgress({ kind: 'warning', warning: { code: 'run/inexact', message } })
}

/** Leaves the directory as people expect it: manifest, report, and a result or an error. */
async function conclude(
  ended: ExperimentResult,
  { config, directory, onProgress }: Beginning,
  updateManifest: (change: (manifest: RunManifest) => RunManifest) => void,
  sync: () => void,
): Promise<RunResult> {
  sync()
  const { status, spent, error } = ended
  updateManifest((manifest) => ({
    ...manifest,
    status,
    spent,
    ...(error === undefined ? {} : { error }),
  }))
  const report = await writeReport(directory.path).catch((cause) => {
    onProgress({ kind: 'warning', warning: toErrorRecord(cause) })
    return ''
  })
  if (status === 'failed') throw fromErrorRecord(error ?? toErrorRecord('the run failed'))
  const slots = Object.keys(config.students)
  const result: RunResult = {
    status,
    dir: directory.path,
    spent,
    policies: Object.fromEntries(
      slots.map((slot) => [slot, directory.file(`${policyName(slot, slots.length)}.onnx`)]),
    ),
    report,
    solvedRate: ended.solvedRate,
  }
  onProgress({ kind: 'finished', result })
  return result
}

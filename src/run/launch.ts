import { randomBytes } from 'node:crypto'
import { join, resolve as resolvePath, sep } from 'node:path'
import type { Cut, ExperimentPlan, ExperimentResult } from '../actors/roles/experiment-contract.ts'
import { NOTHING_SPENT } from '../actors/roles/experiment-core.ts'
import { type RunningExperiment, startExperiment } from '../actors/roles/start-experiment.ts'
import type { Clock } from '../core/clock.ts'
import { type ErrorRecord, fromErrorRecord, toErrorRecord } from '../core/errors.ts'
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
import { checkSpace, sizeOf } from './free-disk.ts'
import { keepPolicy, readKeptPolicy } from './kept-policy.ts'
import { openMetricsWriter } from './metrics/index.ts'
import { platformDifferences, readPlatform } from './platform.ts'
import { configSha256, makePlan } from './program.ts'
import { writeReport } from './report/index.ts'
import { checkIdentity, newestCut } from './resume-checks.ts'
import { checkVacant, openRunDirectory, type RunDirectory } from './run-directory.ts'
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
  const plan = await checkLaunch(config, { ...options, out })
  const { diskBytes } = estimate(config, await loadEstimateFacts(config))
  checkSpace(out, diskBytes)
  const directory = openRunDirectory(out, 'new')
  return guarded(directory, () => {
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
    const { onProgress } = options
    return begin({ config, plan, directory, manifest, clock, onProgress, cut: null })
  })
}

/**
 * What can be known of a launch before anything is made: the plan, or why there is none.
 * @throws AgonError `run/exists`, `run/unwritable`, and what the modules and the policy are refused for
 */
export async function checkLaunch(
  config: RunConfig,
  { out, init }: Pick<LaunchOptions, 'out' | 'init'>,
): Promise<ExperimentPlan> {
  if (out !== undefined) checkVacant(resolvePath(out))
  return makePlan(config, init)
}

/**
 * Goes on with a run from its newest whole cut; damaged cuts are named and the one before is taken.
 * @throws AgonError before any work: `run/missing`, `run/locked`, `run/manifest`, `run/damaged`, `run/config-changed`,
 * `run/disk-full`, `config/fixed`, `config/spent`, `cut/none-whole`, `cut/missing`
 */
export async function resume(dir: string, options: ResumeOptions): Promise<RunHandle> {
  const clock = options.clock ?? systemClock
  const directory = openRunDirectory(resolvePath(dir), 'existing')
  try {
    const manifest = directory.readManifest()
    const written = await loadConfig(directory.file('config.yaml'))
    checkIdentity(written, manifest, directory)
    const cut = newestCut(directory, manifest, options.onProgress)
    const config = applyResumeChanges(written, options.set, cut?.spent ?? NOTHING_SPENT)
    const { diskBytes } = estimate(config, await loadEstimateFacts(config))
    checkSpace(directory.path, diskBytes - sizeOf(directory.path))
    const plan = await makePlan(config, readKeptPolicy(directory.file(INIT)) ?? undefined)
    const { onProgress } = options
    return begin({ config, plan, directory, manifest, clock, onProgress, cut })
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
  readonly plan: ExperimentPlan
  readonly directory: RunDirectory
  readonly manifest: RunManifest
  readonly clock: Clock
  readonly onProgress: (event: ProgressEvent) => void
  /** What to go on from; null = cycle 0. */
  readonly cut: Cut | null
}

function begin(input: Beginning): RunHandle {
  const { config, plan, directory, clock, onProgress, cut } = input
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
  replaceFile(directory.file('config.yaml'), formatConfig(config))
  warnOfPlatform(input)
  const epoch = 1 + Math.max(0, ...manifest.epochs.map((entry) => entry.epoch))
  updateManifest(({ error: _, ...before }) => ({
    ...before,
    status: 'running',
    platform: readPlatform(),
  }))
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
    .catch((cause): ExperimentResult => {
      // An effect failed, such as a write to a full disk.
      return {
        status: 'failed',
        spent: manifest.spent,
        solvedRate: {},
        error: toErrorRecord(cause),
      }
    })
    .then((ended) => conclude(ended, input, updateManifest, metrics.sync))
    .finally(close)
  return { result, stop: experiment.stop }
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
  input: Beginning,
  updateManifest: (change: (manifest: RunManifest) => RunManifest) => void,
  sync: () => void,
): Promise<RunResult> {
  const { directory, onProgress } = input
  const { status, spent, error } = ended
  try {
    sync()
    updateManifest((manifest) => ({
      ...manifest,
      status,
      spent,
      ...(error === undefined ? {} : { error: withoutFolder(error, directory.path) }),
    }))
  } catch (cause) {
    // The first error is the one to show.
    if (status !== 'failed') throw cause
  }
  const report = await writeReport(directory.path).catch((cause) => {
    onProgress({ kind: 'warning', warning: toErrorRecord(cause) })
    return ''
  })
  if (status === 'failed') throw fromErrorRecord(error ?? toErrorRecord('the run failed'))
  const result = resultOf(status, ended, input, report)
  onProgress({ kind: 'finished', result })
  return result
}

/** Run files are handed on: they name places within the run, not where it lies on this machine. */
function withoutFolder(error: ErrorRecord, folder: string): ErrorRecord {
  const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)
  return JSON.parse(JSON.stringify(error).replaceAll(inJson(folder + sep), ''))
}

function resultOf(
  status: RunResult['status'],
  { spent, solvedRate }: ExperimentResult,
  { config, directory }: Beginning,
  report: string,
): RunResult {
  const slots = Object.keys(config.students)
  const policies = slots.map(
    (slot) => [slot, directory.file(`${policyName(slot, slots.length)}.onnx`)] as const,
  )
  return {
    status,
    dir: directory.path,
    spent,
    policies: Object.fromEntries(policies),
    report,
    solvedRate,
  }
}

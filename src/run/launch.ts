import { randomBytes } from 'node:crypto'
import { resolve as resolvePath } from 'node:path'
import type { ExperimentPlan } from '../actors/roles/experiment-contract.ts'
import { NOTHING_SPENT } from '../actors/roles/experiment-core.ts'
import type { Clock } from '../core/clock.ts'
import type { PolicyFile } from '../inference/contract.ts'
import { version } from '../version.ts'
import { begin } from './begin.ts'
import { checkMachine } from './check-machine.ts'
import { applyResumeChanges, estimate, loadConfig, loadEstimateFacts } from './config/index.ts'
import type { Budget, ProgressEvent, RunConfig, RunHandle, RunManifest } from './contract.ts'
import { endedHandle, finishedRun } from './finished-run.ts'
import { checkSpace, sizeOf } from './free-disk.ts'
import type { RemoteActors } from './hub/remote-actors.ts'
import type { RunFacts } from './hub/run-feed.ts'
import type { RunHub } from './hub/run-hub.ts'
import { keepPolicy, readKeptPolicy } from './kept-policy.ts'
import { configFacts } from './listing/run-listing.ts'
import { readPlatform } from './platform.ts'
import { configSha256, makePlan } from './program.ts'
import { checkIdentity, newestCut } from './resume-checks.ts'
import {
  checkVacant,
  defaultDirectory,
  hasBegun,
  openRunDirectory,
  type RunDirectory,
} from './run-directory.ts'
import { systemClock } from './system-clock.ts'

export interface LaunchOptions {
  /** The run directory; by default `runs/<name>-<time>-<short id>`. */
  readonly out?: string
  /** Weights to start from. */
  readonly init?: PolicyFile
  /** The run directory may hold what a launcher prepared, and what a start left that was killed before it began. */
  readonly prepared?: boolean
  readonly onProgress: (event: ProgressEvent) => void
  readonly clock?: Clock
}

export interface ResumeOptions {
  /** Another config of the same experiment to go on with; by default the run's own. */
  readonly config?: RunConfig
  /** `key=value` for the keys that may change. */
  readonly set: readonly string[]
  readonly onProgress: (event: ProgressEvent) => void
  readonly clock?: Clock
}

/**
 * Starts an experiment in a new run directory.
 * @throws AgonError before any work: `run/exists`, `run/unwritable`, `run/disk-full`, `wire/listen`, `wire/insecure`,
 * `wire/certificate`, whatever the config's modules and its environment on this machine say
 */
export async function launch(config: RunConfig, options: LaunchOptions): Promise<RunHandle> {
  const clock = options.clock ?? systemClock
  const created = new Date(clock.wall()).toISOString()
  const id = randomBytes(3).toString('hex')
  const out = resolvePath(options.out ?? defaultDirectory(config.name, created, id))
  const plan = await checkLaunch(config, { ...options, out })
  await checkMachine(config)
  const { diskBytes } = estimate(config, await loadEstimateFacts(config))
  checkSpace(out, diskBytes)
  const facts = { id, name: config.name, directory: out, created, spent: NOTHING_SPENT }
  const { hub, remote } = await openHubOf(config, plan, facts)
  return guarded(
    () => openRunDirectory(out, options.prepared === true ? 'prepared' : 'new'),
    hub,
    (directory) => {
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
      const cut = null
      return begin({ config, plan, directory, manifest, clock, onProgress, cut, hub, remote })
    },
  )
}

/**
 * What can be known of a launch before anything is made, on whatever machine it is to be: the plan, or why there is none.
 * @throws AgonError `run/exists`, `run/unwritable`, and what the modules and the policy are refused for
 */
export async function checkLaunch(
  config: RunConfig,
  { out, init, prepared }: Pick<LaunchOptions, 'out' | 'init' | 'prepared'>,
): Promise<ExperimentPlan> {
  if (out !== undefined) checkVacant(resolvePath(out), prepared)
  return makePlan(config, init)
}

/**
 * Goes on with a run from its newest whole cut; damaged cuts are named and the one before is taken.
 * @throws AgonError before any work: `run/missing`, `run/locked`, `run/manifest`, `run/damaged`, `run/config-changed`,
 * `run/disk-full`, `config/fixed`, `config/spent`, `cut/none-whole`, `cut/missing`, `wire/*` as at launch
 */
export async function resume(dir: string, options: ResumeOptions): Promise<RunHandle> {
  const clock = options.clock ?? systemClock
  const directory = openRunDirectory(resolvePath(dir), 'existing')
  let hub: RunHub | null = null
  try {
    const manifest = directory.readManifest()
    const { onProgress } = options
    const unchanged = options.config === undefined && options.set.length === 0
    const ended = unchanged ? await alreadyEnded(directory, manifest, onProgress) : null
    if (ended !== null) return ended
    const written = options.config ?? (await loadConfig(directory.file('config.yaml')))
    checkIdentity(written, manifest, directory)
    const cut = newestCut(directory, manifest, onProgress)
    const spent = cut?.spent ?? NOTHING_SPENT
    const config = applyResumeChanges(written, options.set, spent)
    const changed = await alreadyEnded(directory, manifest, onProgress, config.budget)
    if (changed !== null) return changed
    const { diskBytes } = estimate(config, await loadEstimateFacts(config))
    checkSpace(directory.path, diskBytes - sizeOf(directory.path))
    const plan = await makePlan(config, readKeptPolicy(directory.file(INIT)) ?? undefined)
    await checkMachine(config)
    const { run: id, name, created } = manifest
    const facts = { id, name, directory: directory.path, created, spent }
    const opened = await openHubOf(config, plan, facts)
    hub = opened.hub
    return begin({ config, plan, directory, manifest, clock, onProgress, cut, ...opened })
  } catch (error) {
    await hub?.close()
    directory.close()
    throw error
  }
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
): Promise<RunHandle | null> {
  const written = await configFacts(directory.path)
  const asked = budget ?? written.budget
  if (asked === null) return null
  const result = await finishedRun(directory, manifest, written.slots, asked)
  if (result === null) return null
  directory.close()
  return endedHandle(result, asked, onProgress)
}

/**
 * Begins the run in `out`, or goes on with it where it has begun: what a scheduler can call again and again.
 * @throws AgonError what {@link launch} or {@link resume} say
 */
export async function launchOrResume(
  config: RunConfig,
  options: LaunchOptions & { readonly out: string },
): Promise<RunHandle> {
  const { out, ...rest } = options
  if (hasBegun(resolvePath(out))) return resume(out, { ...rest, config, set: [] })
  return launch(config, { ...options, prepared: true })
}

/** Where `--init` is kept, for a run that is killed before its first cut. */
const INIT = 'init'

/** Imported late: what launches nothing should not load the wire. */
async function openHubOf(
  config: RunConfig,
  plan: ExperimentPlan,
  facts: Omit<RunFacts, 'budget'>,
): Promise<{ readonly hub: RunHub; readonly remote: RemoteActors }> {
  const { actorLedger } = await import('./hub/actor-states.ts')
  const { openRemoteActors } = await import('./hub/remote-actors.ts')
  const { openRunHub } = await import('./hub/run-hub.ts')
  const actors = actorLedger()
  const remote = await openRemoteActors({ config, plan, run: facts, actors })
  const hub = await openRunHub({
    config: config.hub,
    run: { ...facts, budget: config.budget },
    actors,
    services: remote.services,
    env: process.env,
  })
  return { hub, remote }
}

/** Gives directory and hub back when `work` throws. */
async function guarded<T>(
  open: () => RunDirectory,
  hub: RunHub,
  work: (directory: RunDirectory) => T,
): Promise<T> {
  let directory: RunDirectory | null = null
  try {
    directory = open()
    return work(directory)
  } catch (error) {
    await hub.close()
    directory?.close()
    throw error
  }
}

import { resolve as resolvePath } from 'node:path'
import type { RunConfig, RunHandle } from '../run/contract.ts'
import type { PreparedRun } from '../run/prepared-run.ts'
import { hasBegun } from '../run/run-directory.ts'
import { type LaunchOptions, prepareLaunch } from './prepare-launch.ts'
import { prepareResume, type ResumeOptions } from './prepare-resume.ts'

/**
 * Starts an experiment in a new run directory.
 * @throws AgonError before any work: `run/exists`, `run/unwritable`, `run/disk-full`, `wire/listen`, `wire/insecure`,
 * `wire/certificate`, whatever the config's modules and its environment on this machine say
 */
export async function launch(config: RunConfig, options: LaunchOptions): Promise<RunHandle> {
  return await begun(await prepareLaunch(config, options))
}

/**
 * Goes on with a run from its newest whole cut; damaged cuts are named and the one before is taken. One that has
 * finished and is asked for no more is handed over as it is.
 * @throws AgonError before any work: `run/missing`, `run/locked`, `run/manifest`, `run/damaged`, `run/config-changed`,
 * `run/disk-full`, `config/fixed`, `config/spent`, `cut/none-whole`, `cut/missing`, `wire/*` as at launch
 */
export async function resume(dir: string, options: ResumeOptions): Promise<RunHandle> {
  return await begun(await prepareResume(dir, options))
}

/** {@link LaunchOptions} of a launch that goes on with what has begun. */
export type OrResumeOptions = LaunchOptions & { readonly out: string }

/**
 * Begins the run in `out`, or goes on with it where it has begun: what a scheduler can call again and again.
 * @throws AgonError what {@link launch} or {@link resume} say
 */
export async function launchOrResume(
  config: RunConfig,
  options: OrResumeOptions,
): Promise<RunHandle> {
  return await begun(await preparedOrResumed(config, options))
}

/**
 * Whether the run would begin here and now: all that {@link launch} does, or {@link launchOrResume}, up to the making of
 * its directory.
 * @throws AgonError what they would refuse
 */
export async function checkLaunch(
  config: RunConfig,
  { orResume, ...options }: Omit<LaunchOptions, 'onProgress'> & { readonly orResume?: boolean },
): Promise<void> {
  const { out } = options
  const silent = { ...options, onProgress: () => {} }
  const run =
    orResume === true && out !== undefined
      ? await preparedOrResumed(config, { ...silent, out })
      : await prepareLaunch(config, silent)
  await run.close()
}

function preparedOrResumed(config: RunConfig, options: OrResumeOptions): Promise<PreparedRun> {
  const { out, ...rest } = options
  return hasBegun(resolvePath(out))
    ? prepareResume(out, { ...rest, config, set: [] })
    : prepareLaunch(config, { ...options, prepared: true })
}

async function begun(run: PreparedRun): Promise<RunHandle> {
  try {
    return await run.begin()
  } catch (error) {
    await run.close()
    throw error
  }
}

import { randomBytes } from 'node:crypto'
import { resolve as resolvePath } from 'node:path'
import type { ExperimentPlan } from '../actors/roles/experiment-contract.ts'
import { NOTHING_SPENT } from '../actors/roles/spending.ts'
import { type Clock, systemClock } from '../core/clock.ts'
import type { PolicyFile } from '../inference/contract.ts'
import { configSha256 } from '../run/config-identity.ts'
import type { ProgressEvent, RunConfig, RunManifest } from '../run/contract.ts'
import { measuredOn, settleEvaluationDevice } from '../run/evaluation-device.ts'
import { checkSpace } from '../run/free-disk.ts'
import { KEPT_INIT, keepPolicy } from '../run/kept-policy.ts'
import { keepPolicies } from '../run/named-policies.ts'
import { readPlatform } from '../run/platform.ts'
import type { PreparedRun } from '../run/prepared-run.ts'
import { makePlan } from '../run/program.ts'
import { checkVacant, defaultDirectory, openRunDirectory } from '../run/run-directory.ts'
import { stagePosition } from '../run/stages/position.ts'
import { partsOf } from '../run/stages/stage-files.ts'
import { version } from '../version.ts'
import { begin } from './begin.ts'
import { checkMachine } from './check-machine.ts'
import { diskOf } from './disk-of.ts'
import { openHubOf } from './hub/open-hub-of.ts'
import { settingNotes } from './setting-notes.ts'
import { checkStages } from './stages/check-stages.ts'

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

/**
 * A launch up to the moment when its directory is made: every obstacle has been looked for, and the hub listens.
 * @throws AgonError as `launch`
 */
export async function prepareLaunch(
  config: RunConfig,
  options: LaunchOptions,
): Promise<PreparedRun> {
  const { init, onProgress, clock = systemClock } = options
  const created = new Date(clock.wall()).toISOString()
  const id = randomBytes(3).toString('hex')
  const out = resolvePath(options.out ?? defaultDirectory(config.name, created, id))
  const checked = await checkElsewhere(config, { ...options, out })
  for (const own of partsOf(config)) await checkMachine(own)
  const evaluation = await settleEvaluationDevice(config, checked)
  const plan = measuredOn(checked, evaluation)
  checkSpace(out, await diskOf(config))
  const notes = await notesOf(config)
  const facts = { id, name: config.name, directory: out, created, spent: NOTHING_SPENT }
  const opened = await openHubOf(config, plan, facts, config.stages !== undefined)
  const { hub } = opened
  return {
    close: () => hub.close(),
    async begin() {
      const mode = options.prepared === true ? 'prepared' : 'new'
      const directory = await openRunDirectory(out, mode, (warning) =>
        onProgress({ kind: 'warning', warning }),
      )
      try {
        if (init !== undefined) keepPolicy(directory.file(KEPT_INIT), init)
        const manifest: RunManifest = {
          format: 1,
          agon: version,
          run: id,
          name: config.name,
          created,
          platform: readPlatform(evaluation),
          configSha256: configSha256(config),
          status: 'running',
          spent: NOTHING_SPENT,
          epochs: [],
        }
        const kept = keepPolicies(config, plan.evaluator.policies, directory.path)
        const handle = begin({
          ...{ config: kept, plan, directory, manifest, clock, onProgress, ...opened },
          cut: null,
          ...(config.stages === undefined ? {} : { position: stagePosition(config, manifest) }),
          ...(evaluation === undefined ? {} : { evaluation }),
        })
        for (const message of notes)
          onProgress({ kind: 'warning', warning: { code: 'config/setting', message } })
        return handle
      } catch (error) {
        directory.close()
        throw error
      }
    },
  }
}

async function notesOf(config: RunConfig): Promise<readonly string[]> {
  const { stages } = config
  const notes: string[] = []
  for (const [i, own] of partsOf(config).entries())
    for (const note of await settingNotes(own))
      notes.push(stages === undefined ? note : `${stages[i].name}: ${note}`)
  return notes
}

/**
 * What can be known of a launch on whatever machine it is to be: the plan, or why there is none. Makes nothing.
 * @throws AgonError `run/exists`, `run/unwritable`, and what the modules and the policy are refused for
 */
export async function checkElsewhere(
  config: RunConfig,
  { out, init, prepared }: Pick<LaunchOptions, 'out' | 'init' | 'prepared'>,
): Promise<ExperimentPlan> {
  if (out !== undefined) checkVacant(resolvePath(out), prepared)
  return config.stages === undefined ? makePlan(config, init) : checkStages(config, init)
}

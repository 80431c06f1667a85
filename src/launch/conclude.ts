import { existsSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { ExperimentResult } from '../actors/roles/experiment-contract.ts'
import { type ErrorRecord, fromErrorRecord, toErrorRecord } from '../core/errors.ts'
import { writeArchives } from '../run/archive/write-archive.ts'
import type { ProgressEvent, RunConfig, RunManifest, RunResult } from '../run/contract.ts'
import { policyName } from '../run/cuts/cut-files.ts'
import { writeLeftFiles } from '../run/left-files.ts'
import type { RunDirectory } from '../run/run-directory.ts'
import { stagePolicies } from '../run/stages/stage-files.ts'
import { writeReport } from '../views/report/index.ts'
import { watchBest } from './stress/watch-best.ts'

/** A run whose actors are gone. */
interface Concluding {
  readonly config: RunConfig
  readonly directory: RunDirectory
  readonly onProgress: (event: ProgressEvent) => void
}

/** Leaves the directory as people expect it: manifest, report, and a result or an error. */
export async function conclude(
  ended: ExperimentResult,
  input: Concluding,
  updateManifest: (change: (manifest: RunManifest) => RunManifest) => void,
  sync: () => void,
): Promise<RunResult> {
  const { directory, onProgress } = input
  const { status, spent, error, limited } = ended
  let identity: string | undefined
  try {
    sync()
    updateManifest(({ limited: _, ...manifest }) => {
      identity = manifest.configSha256
      return {
        ...manifest,
        status,
        spent,
        ...(error === undefined ? {} : { error: withoutFolder(error, directory.path) }),
        ...(limited === undefined ? {} : { limited: withoutFolder(limited, directory.path) }),
      }
    })
  } catch (cause) {
    // The first error is the one to show.
    if (status !== 'failed') throw cause
  }
  const warned = (cause: unknown): void =>
    onProgress({ kind: 'warning', warning: toErrorRecord(cause) })
  let report = ''
  if (isOwn(directory)) {
    await writeArchives(directory.path, input.config).catch(warned)
    if (status === 'finished') await watchBest(directory.path, input.config).catch(warned)
    if (identity !== undefined)
      await writeLeftFiles(directory.path, input.config, identity).catch(warned)
    report = await writeReport(directory.path).catch((cause) => {
      warned(cause)
      return ''
    })
  }
  if (status === 'failed') throw fromErrorRecord(error ?? toErrorRecord('the run failed'))
  const result = resultOf(status, ended, input, report)
  onProgress({ kind: 'finished', result })
  return result
}

function isOwn(directory: RunDirectory): boolean {
  try {
    directory.check()
    return true
  } catch {
    return false
  }
}

/** Run files are handed on: they name places as seen from the run, not where it lies on this machine. */
function withoutFolder({ stack: _, origin, ...error }: ErrorRecord, folder: string): ErrorRecord {
  const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)
  const record = JSON.parse(JSON.stringify(error).replaceAll(inJson(folder + sep), ''))
  return origin === undefined ? record : { ...record, origin: relative(folder, origin) }
}

function resultOf(
  status: RunResult['status'],
  { spent, solvedRate, measures, limited }: ExperimentResult,
  { config, directory }: Pick<Concluding, 'config' | 'directory'>,
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
    // A run that was stopped before its first cut leaves none.
    policies:
      config.stages === undefined
        ? Object.fromEntries(policies.filter(([, path]) => existsSync(path)))
        : stagePolicies(config, directory.file, existsSync),
    report,
    solvedRate,
    ...(measures === undefined ? {} : { measures }),
    ...(limited === undefined ? {} : { limited: withoutFolder(limited, directory.path) }),
  }
}

import { AgonError, toErrorRecord } from '../../core/errors.ts'
import type { ExperimentsClient } from '../../launch/hub/experiments-client.ts'
import { hubTarget } from '../../launch/hub/hub-target.ts'
import { listedView, type RunView } from '../../launch/hub/run-view.ts'
import type { OptionSpec, PositionalSpec, ServedContext } from '../command.ts'
import type { DialFiles } from '../options/dial-options.ts'
import type { TargetServices } from './target-services.ts'

export const RUN_POSITIONAL: PositionalSpec = {
  name: 'run',
  about: 'a run directory, a rendezvous file (hub.json), or host:port',
  required: true,
}

export const RUN_OPTION: Readonly<Record<string, OptionSpec>> = {
  run: { value: 'ID', about: 'which run, where the hub serves several; agon ps lists ids' },
}

export interface RunTarget {
  readonly target: string
  /** Empty: the only run. */
  readonly run: string
  readonly files: DialFiles
}

/** What to do with a run that answers, and with one that is over and known by its files. */
export interface RunVisit<T> {
  /** @param again looks for the hub anew, which may listen elsewhere now; null where nothing does */
  live(
    client: ExperimentsClient,
    id: string,
    again: () => Promise<ExperimentsClient | null>,
  ): Promise<T>
  ended(run: RunView): T
}

const GONE: readonly string[] = ['wire/unavailable', 'control/lost']

/** @throws AgonError `control/not-running` where neither a hub nor files of an ended run are there */
export async function withRun<T>(
  { target, run, files }: RunTarget,
  context: ServedContext<TargetServices>,
  { live, ended }: RunVisit<T>,
): Promise<T> {
  const found = hubTarget(target)
  let lost: unknown = null
  if (found.kind === 'dial') {
    const client = await context.services.experiments(found.target, files)
    const again = async (): Promise<ExperimentsClient | null> => {
      const now = hubTarget(target)
      return now.kind === 'dial' ? await context.services.experiments(now.target, files) : null
    }
    try {
      return await live(client, run, again)
    } catch (error) {
      const { code } = toErrorRecord(error)
      if (found.target === target || !GONE.includes(code)) throw error
      if (code === 'control/lost') lost = error
    } finally {
      client.close()
    }
  }
  // The files of a hub that was killed lie there still: what became of the run is in the others.
  const listed = await endedRun(target, context)
  if (listed !== null) return ended(listed)
  if (lost !== null) throw lost
  throw new AgonError('control/not-running', 'nothing listens for this folder', {
    place: target,
    remedy: 'give the directory of a run that is going on; `agon ps` lists them',
  })
}

async function endedRun(
  dir: string,
  { services }: ServedContext<TargetServices>,
): Promise<RunView | null> {
  const [run, ...others] = await services.listRuns(dir)
  if (run === undefined || others.length > 0 || run.dir !== dir || run.status === 'running')
    return null
  return listedView(run)
}

import { toErrorRecord } from '../../core/errors.ts'
import type { ActorState } from '../../run/actor-states.ts'
import { listRuns, type RunListing } from '../../views/listing/run-listing.ts'
import { type DialHints, type Endpoint, resolveTarget } from '../../wire/index.ts'
import { experimentsClient } from './experiments-client.ts'
import { hubTarget } from './hub-target.ts'
import type { RunView } from './run-view.ts'

/** A hub that says nothing for so long is passed over, and its run told of by its files. */
const DEADLINE_MS = 3000

/** One run as `agon ps` shows it. */
export interface LiveRun extends RunListing {
  /** Where it listens; null where nothing answers. */
  readonly hub: string | null
  /** 0 where it is not known. */
  readonly epoch: number
  readonly actors: readonly ActorState[]
}

/** The runs of a folder, oldest first: those with a live hub are asked, the others told of by their files. */
export async function liveRuns(root: string, hints: DialHints): Promise<readonly LiveRun[]> {
  return Promise.all((await listRuns(root)).map((listing) => liveRun(listing, hints)))
}

async function liveRun(listing: RunListing, hints: DialHints): Promise<LiveRun> {
  const silent = { hub: null, epoch: 0, actors: [] }
  try {
    const found = await askHub(listing.dir, hints)
    if (found === null) return { ...listing, ...silent }
    return { ...listing, ...mergedWith(listing, found.run), hub: found.endpoint.address }
  } catch (error) {
    return { ...listing, ...silent, problem: toErrorRecord(error).message }
  }
}

/**
 * What the hub of a run says of it, or null where none answers.
 * @throws AgonError `wire/certificate` where one is there and may not be believed
 */
export async function askHub(
  dir: string,
  hints: DialHints,
): Promise<{ readonly run: RunView; readonly endpoint: Endpoint } | null> {
  const target = hubTarget(dir)
  if (target.kind === 'silent') return null
  try {
    const endpoint = resolveTarget(target.target, hints)
    const client = experimentsClient(endpoint, DEADLINE_MS)
    try {
      return { run: await client.get(''), endpoint }
    } finally {
      client.close()
    }
  } catch (error) {
    if (toErrorRecord(error).code === 'wire/certificate') throw error
    // Left by a killed hub, or its files went as they were being read: the run's own files tell.
    return null
  }
}

/** Numbers of the hub are newer than those of the files; what it does not know is in the files. */
function mergedWith({ solvedRate, problem: _, error: __, ...listing }: RunListing, run: RunView) {
  const { status, spent, done, epoch, actors } = run
  return {
    ...listing,
    status,
    spent,
    done,
    epoch,
    actors,
    solvedRate: run.solvedRate ?? solvedRate,
    // Both are of one measurement.
    ...(run.measures === undefined ? {} : { measures: run.measures }),
    ...(run.slots === undefined ? {} : { slots: run.slots }),
  }
}

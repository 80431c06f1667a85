import { toErrorRecord } from '../../core/errors.ts'
import type { Environment } from '../../envs/contract.ts'
import type { EvaluationFile } from '../../run/contract.ts'
import { type Recording, replayEpisode } from './replay-episode.ts'
import type { Replay } from './report-data.ts'

/** What all frames together may take of the page, in characters. */
export const FRAME_BUDGET = 3_000_000
/** More episodes than this of one suite are not worth a reader's time. */
const MOST_PER_SUITE = 12

/**
 * Replays of the recordings that fit the page: the final student's first, then the untrained one's. What is left out
 * or differs from its recording is noted.
 */
export function replayAll<L>(
  environment: Environment<L>,
  evaluation: EvaluationFile,
  notes: string[],
): Replay[] {
  const chosen = recordingsOf(evaluation)
  const replays: Replay[] = []
  const failures: string[] = []
  let size = 0
  let left = 0
  for (const { recording, slot, when } of chosen) {
    if (size > FRAME_BUDGET) {
      left++
      continue
    }
    try {
      const replay = replayEpisode(environment, recording, { slot, when })
      if (replay === null) return []
      size += sizeOf(replay)
      replays.push(replay)
    } catch (error) {
      failures.push(`${recording.name}: ${toErrorRecord(error).message}`)
    }
  }
  if (left > 0)
    notes.push(`${left} recorded episodes are left out of the replays, to keep the page small.`)
  if (failures.length > 0)
    notes.push(`${failures.length} recorded episodes cannot be replayed. ${failures[0]}.`)
  return replays
}

interface Chosen {
  readonly slot: string
  readonly when: 'final' | 'baseline'
  readonly recording: Recording
}

function recordingsOf({ slots }: EvaluationFile): Chosen[] {
  return (['final', 'baseline'] as const).flatMap((when) =>
    Object.keys(slots).flatMap((slot) =>
      firstOfEachSuite(slots[slot][when]?.recordings ?? []).map((recording) => ({
        slot,
        when,
        recording,
      })),
    ),
  )
}

/** Named mazes all stay, of a hundred random levels only the first. */
function firstOfEachSuite(recordings: readonly Recording[]): Recording[] {
  const counts = new Map<string, number>()
  return recordings.filter(({ name }) => {
    const random = /^(.*?)random-\d+$/.exec(name)
    if (random === null) return true
    const count = (counts.get(random[1]) ?? 0) + 1
    counts.set(random[1], count)
    return count <= MOST_PER_SUITE
  })
}

function sizeOf({ frames, actions }: Replay): number {
  const text = frames.distinct.reduce((sum, [, , middle]) => sum + middle.length + 12, 0)
  return frames.base.length + text + actions.length * 12
}

import type { ProposeRequest, Step } from '../contract.ts'
import { generated, replayed } from './candidates.ts'
import {
  ageByNewBatch,
  type Curator,
  type CuratorRecord,
  proposeBlocks,
  replaysNow,
  serialsOf,
} from './curator.ts'

/**
 * A cycle of robust PLR: a coin decides whether stored levels are replayed, or new ones attempted from which nobody learns
 * (Jiang et al. 2021, algorithm 1).
 */
export function proposeRobust<L>(
  curator: Curator<L>,
  record: CuratorRecord,
  request: ProposeRequest,
  replayProbability: number,
): Step<CuratorRecord> {
  const { levels } = curator.context
  const replay = replaysNow(curator, record, request, replayProbability)
  return proposeBlocks(curator, record, request, (buffer, count, { name }) => {
    if (replay) return [replayed(levels, buffer, count, true, request.random('replay', name))]
    ageByNewBatch(buffer, count)
    const stream = request.random('generate', name)
    return [generated(levels, count, false, stream, serialsOf(record))]
  })
}

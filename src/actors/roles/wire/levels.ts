import type { ArchiveChange, LevelReport } from '../../../adversaries/contract.ts'
import { type LevelId, slotId, type TaskId } from '../../../core/ids.ts'
import type { agon } from '../../../wire/index.ts'
import type { CycleDone } from '../contract.ts'
import { finite, listed, named, text, upTo } from './fields.ts'

/** What an adversary made of a cycle's levels, as the wire has it. */

/** One for each slot. */
const MOST_REPORTS = 1000
/** Tasks of one batch, and levels of one archive. */
const MOST_LEVELS = 100_000
const MOST_HELD = 2 ** 31 - 1

export const encodeLevels = ({
  slots,
  score,
  scores,
  archive,
}: LevelReport): agon.v1.LevelReport.$Properties => ({
  slots: [...slots],
  score,
  scores: { ...scores },
  ...(archive === undefined ? {} : { archive: encodeChange(archive) }),
})

const encodeChange = ({
  name,
  entries,
  dropped,
  size,
}: ArchiveChange): agon.v1.ArchiveChange.$Properties => ({
  name,
  entries: Object.fromEntries(entries.map(({ id, score }) => [id, score])),
  dropped: [...dropped],
  size,
})

/** @throws AgonError `wire/body`, `wire/number` */
export function decodeLevels(
  wire: readonly agon.v1.LevelReport.$Properties[] | null | undefined,
): Pick<CycleDone, 'levels'> {
  const reports = listed(wire, 'levels', MOST_REPORTS)
  return reports.length === 0 ? {} : { levels: reports.map(decodeReport) }
}

function decodeReport(wire: agon.v1.LevelReport.$Properties): LevelReport {
  const { slots, score, scores, archive } = wire
  return {
    slots: listed(slots, 'levels.slots', MOST_REPORTS).map((slot) =>
      slotId(text(slot, 'levels.slots')),
    ),
    score: text(score, 'levels.score'),
    scores: scoresOf(scores, 'levels.scores') as Readonly<Record<TaskId, number>>,
    ...(archive == null ? {} : { archive: decodeChange(archive) }),
  }
}

function decodeChange(wire: agon.v1.ArchiveChange.$Properties): ArchiveChange {
  const entries = Object.entries(scoresOf(wire.entries, 'archive.entries'))
  return {
    name: text(wire.name, 'archive.name'),
    entries: entries.map(([id, score]) => ({ id: id as LevelId, score })),
    dropped: listed(wire.dropped, 'archive.dropped', MOST_LEVELS).map(
      (id) => text(id, 'archive.dropped') as LevelId,
    ),
    size: upTo(wire.size, 'archive.size', MOST_HELD),
  }
}

function scoresOf(
  wire: Readonly<Record<string, number>> | null | undefined,
  field: string,
): Readonly<Record<string, number>> {
  const scores = named(wire, field, MOST_LEVELS)
  for (const [name, score] of Object.entries(scores)) finite(score, `${field}.${name}`)
  return scores
}

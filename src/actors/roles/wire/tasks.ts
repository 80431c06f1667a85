import { sha256 } from '../../../core/bytes.ts'
import { AgonError } from '../../../core/errors.ts'
import { type LevelId, type SlotId, slotId, type TaskId } from '../../../core/ids.ts'
import type { AutoReset } from '../../../envs/contract.ts'
import type {
  EpisodeSummary,
  Lineage,
  Outcome,
  Probe,
  Task,
  TaskBatch,
} from '../../../learners/contract.ts'
import { agon } from '../../../wire/messages.ts'
import { bytes, finite, listed, named, numbers, positive, present, text, upTo } from './fields.ts'
import { decodePolicy, encodePolicy } from './state.ts'

/** Tasks and outcomes as the wire has them. */

const { AutoReset: Wire } = agon.v1
const AUTO_RESETS: Readonly<Record<AutoReset, agon.v1.AutoReset>> = {
  none: Wire.AUTO_RESET_NONE,
  'same-level': Wire.AUTO_RESET_SAME_LEVEL,
  'next-level': Wire.AUTO_RESET_NEXT_LEVEL,
}

/** Tasks of one batch; an adversary may give more than a student asked for. */
const MOST_GIVEN = 100_000
/** That one batch, or one adversary, may name. */
export const MOST_PROBES = 64
const MOST_PROBE_LEVELS = 10_000
const MOST_SEATS = 1000
const MOST_PARENTS = 100_000
/** Of one attempt of one task. */
const MOST_EPISODES = 100_000
const MOST_ARTEFACTS = 1000
/** Steps of one episode. */
const LONGEST_EPISODE = 2 ** 31 - 1

/** A probe without levels has none to send, and masks nothing. */
const OF_NOTHING = sha256(new Uint8Array(0))

/** Levels of probes by digest: they cross once in a conversation. */
export type ProbeMemory = Map<string, readonly Uint8Array[]>

export function encodeBatch(batch: TaskBatch, sent: ProbeMemory): agon.v1.TaskBatch.$Properties {
  const { cycle, slot, tasks, autoReset, probes, policies, record } = batch
  return {
    cycle,
    slot,
    tasks: tasks.map(encodeTask),
    autoReset: AUTO_RESETS[autoReset],
    probes: probes.map(({ name, digest, levels }) => {
      const known = sent.has(digest)
      sent.set(digest, levels)
      return { name, digest, levels: known ? [] : [...levels] }
    }),
    policies: Object.fromEntries(
      Object.entries(policies ?? {}).map(([name, policy]) => [name, encodePolicy(policy)]),
    ),
    ...(record === undefined ? {} : { record }),
  }
}

/** @throws AgonError `wire/body` */
export function decodeBatch(wire: agon.v1.TaskBatch.$Properties, known: ProbeMemory): TaskBatch {
  const reset = Object.entries(AUTO_RESETS).find(([, value]) => value === wire.autoReset)
  if (reset === undefined && wire.autoReset)
    throw new AgonError('wire/body', `batch.auto_reset is ${wire.autoReset}, which means nothing`)
  return {
    cycle: positive(wire.cycle, 'batch.cycle'),
    slot: slotId(text(wire.slot, 'batch.slot')),
    tasks: listed(wire.tasks, 'batch.tasks', MOST_GIVEN).map(decodeTask),
    autoReset: (reset?.[0] ?? 'none') as AutoReset,
    probes: listed(wire.probes, 'batch.probes', MOST_PROBES).map((probe) =>
      decodeProbe(probe, known),
    ),
    ...decodeLive(wire),
    ...(wire.record === true ? { record: true as const } : {}),
  }
}

function decodeLive({ policies }: agon.v1.TaskBatch.$Properties): Pick<TaskBatch, 'policies'> {
  const entries = Object.entries(policies ?? {})
  if (entries.length === 0) return {}
  if (entries.length > MOST_SEATS)
    throw new AgonError('wire/body', `batch.policies has ${entries.length} entries`)
  return { policies: Object.fromEntries(entries.map(([name, file]) => [name, decodePolicy(file)])) }
}

function decodeProbe(wire: agon.v1.Probe.$Properties, known: ProbeMemory): Probe {
  const digest = text(wire.digest, 'probe.digest')
  if (wire.levels != null && wire.levels.length > 0)
    known.set(
      digest,
      listed(wire.levels, 'probe.levels', MOST_PROBE_LEVELS).map((level) =>
        bytes(level, 'probe.levels'),
      ),
    )
  const levels = digest === OF_NOTHING ? [] : known.get(digest)
  if (levels === undefined)
    throw new AgonError('wire/body', `the levels of probe ${digest} never came`)
  return { name: text(wire.name, 'probe.name'), digest, levels }
}

function encodeTask(task: Task): agon.v1.Task.$Properties {
  const { id, level, seed, train, repeat, lineage, seating } = task
  return {
    id,
    level,
    seed,
    train,
    repeat,
    lineage: { ...lineage, parents: [...lineage.parents] },
    seating: seating === undefined ? {} : { ...seating },
  }
}

function decodeTask(wire: agon.v1.Task.$Properties): Task {
  const seating = named(wire.seating, 'task.seating', MOST_SEATS)
  return {
    id: text(wire.id, 'task.id') as TaskId,
    level: bytes(wire.level, 'task.level'),
    seed: wire.seed ?? 0,
    train: wire.train ?? false,
    repeat: wire.repeat ?? 0,
    lineage: decodeLineage(present(wire.lineage, 'task.lineage')),
    ...(Object.keys(seating).length === 0 ? {} : { seating }),
  }
}

function decodeLineage(wire: agon.v1.Lineage.$Properties): Lineage {
  return {
    ...(wire.level == null ? {} : { level: text(wire.level, 'lineage.level') as LevelId }),
    parents: listed(wire.parents, 'lineage.parents', MOST_PARENTS).map(
      (parent) => text(parent, 'lineage.parents') as LevelId,
    ),
    operator: text(wire.operator, 'lineage.operator'),
    generation: wire.generation ?? 0,
  }
}

export function encodeOutcome(outcome: Outcome): agon.v1.Outcome.$Properties {
  const { task, repeat, episodes, artefacts, measuredBy } = outcome
  return {
    task,
    repeat,
    episodes: episodes.map((episode) => ({ ...episode, extras: { ...episode.extras } })),
    artefacts: { ...artefacts },
    measuredBy,
  }
}

/** @throws AgonError `wire/body`, `wire/number` */
export function decodeOutcome(wire: agon.v1.Outcome.$Properties, slot: SlotId): Outcome {
  return {
    task: text(wire.task, 'outcome.task') as TaskId,
    slot,
    repeat: wire.repeat ?? 0,
    episodes: listed(wire.episodes, 'outcome.episodes', MOST_EPISODES).map(decodeEpisode),
    artefacts: named(wire.artefacts, 'outcome.artefacts', MOST_ARTEFACTS),
    measuredBy: wire.measuredBy ? text(wire.measuredBy, 'outcome.measured_by') : `student/${slot}`,
  }
}

/** Statistics that may be absent; absent is not zero. */
const OPTIONAL = [
  'discountedReturn',
  'value0',
  'sumValue',
  'sumAdvantage',
  'sumAbsAdvantage',
  'sumPositiveAdvantage',
  'sumAbsTdError',
  'trainedSteps',
  'sumEntropy',
  'sumLeastConfidence',
  'sumMinMargin',
  'sumValueDeviation',
] as const

function decodeEpisode(wire: agon.v1.EpisodeSummary.$Properties): EpisodeSummary {
  const statistics: Partial<Record<(typeof OPTIONAL)[number], number>> = {}
  for (const name of OPTIONAL) {
    const value = wire[name]
    if (value != null) statistics[name] = finite(value, `episode.${name}`)
  }
  const finished = wire.finished ?? false
  return {
    episode: wire.episode ?? 0,
    seat: wire.seat ? text(wire.seat, 'episode.seat') : 'agent',
    finished,
    solved: wire.solved ?? false,
    return: finite(wire.return, 'episode.return'),
    // What has ended has taken a step.
    length: (finished ? positive : upTo)(wire.length, 'episode.length', LONGEST_EPISODE),
    ...statistics,
    studentVersion: wire.studentVersion ?? 0,
    extras: numbers(wire.extras, 'episode.extras'),
  }
}

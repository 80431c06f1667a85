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
import { agon } from '../../../wire/index.ts'
import { bytes, finite, numbers, positive, present, text } from './fields.ts'

/** Tasks and outcomes as the wire has them. */

const { AutoReset: Wire } = agon.v1
const AUTO_RESETS: Readonly<Record<AutoReset, agon.v1.AutoReset>> = {
  none: Wire.AUTO_RESET_NONE,
  'same-level': Wire.AUTO_RESET_SAME_LEVEL,
  'next-level': Wire.AUTO_RESET_NEXT_LEVEL,
}

/** Levels of probes by digest: they cross once in a conversation. */
export type ProbeMemory = Map<string, readonly Uint8Array[]>

export function encodeBatch(batch: TaskBatch, sent: ProbeMemory): agon.v1.TaskBatch.$Properties {
  const { cycle, slot, tasks, autoReset, probes } = batch
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
  }
}

/** @throws AgonError `wire/body` */
export function decodeBatch(wire: agon.v1.TaskBatch.$Properties, known: ProbeMemory): TaskBatch {
  const reset = Object.entries(AUTO_RESETS).find(([, value]) => value === wire.autoReset)
  return {
    cycle: positive(wire.cycle, 'batch.cycle'),
    slot: slotId(text(wire.slot, 'batch.slot')),
    tasks: present(wire.tasks, 'batch.tasks').map(decodeTask),
    autoReset: (reset?.[0] ?? 'none') as AutoReset,
    probes: (wire.probes ?? []).map((probe) => decodeProbe(probe, known)),
  }
}

function decodeProbe(wire: agon.v1.Probe.$Properties, known: ProbeMemory): Probe {
  const digest = text(wire.digest, 'probe.digest')
  if (wire.levels != null && wire.levels.length > 0)
    known.set(
      digest,
      wire.levels.map((level) => bytes(level, 'probe.levels')),
    )
  const levels = known.get(digest)
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
  const seating = wire.seating ?? {}
  return {
    id: text(wire.id, 'task.id') as TaskId,
    level: bytes(wire.level, 'task.level'),
    seed: wire.seed ?? 0,
    train: wire.train ?? false,
    repeat: wire.repeat ?? 0,
    lineage: decodeLineage(present(wire.lineage, 'task.lineage')),
    ...(Object.keys(seating).length === 0 ? {} : { seating: { ...seating } }),
  }
}

function decodeLineage(wire: agon.v1.Lineage.$Properties): Lineage {
  return {
    ...(wire.level == null ? {} : { level: wire.level as LevelId }),
    parents: [...(wire.parents ?? [])] as LevelId[],
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
    episodes: (wire.episodes ?? []).map(decodeEpisode),
    artefacts: { ...wire.artefacts },
    measuredBy: wire.measuredBy || `student/${slot}`,
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
] as const

function decodeEpisode(wire: agon.v1.EpisodeSummary.$Properties): EpisodeSummary {
  const statistics: Partial<Record<(typeof OPTIONAL)[number], number>> = {}
  for (const name of OPTIONAL) {
    const value = wire[name]
    if (value != null) statistics[name] = finite(value, `episode.${name}`)
  }
  return {
    episode: wire.episode ?? 0,
    seat: wire.seat || 'agent',
    finished: wire.finished ?? false,
    solved: wire.solved ?? false,
    return: finite(wire.return, 'episode.return'),
    length: wire.length ?? 0,
    ...statistics,
    studentVersion: wire.studentVersion ?? 0,
    extras: numbers(wire.extras, 'episode.extras'),
  }
}

import { AgonError, type ErrorRecord } from '../../../core/errors.ts'
import { agon, decodeError, encodeFault } from '../../../wire/index.ts'
import type { Message } from '../../transport/contract.ts'
import type { FromRole, ToRole } from '../contract.ts'
import {
  decodeAnswer,
  decodeAsk,
  decodeFailed,
  encodeAnswer,
  encodeAsk,
  encodeFailed,
} from './asking.ts'
import { decodeAttempts, encodeAttempt } from './attempts.ts'
import { bare, type Entry, entry, ownSlot } from './entry.ts'
import { listed, numbers, positive, present } from './fields.ts'
import { decodeHello, encodeHello } from './hello.ts'
import { decodeLevels, encodeLevels } from './levels.ts'
import {
  cannotSeat,
  decodeMeasure,
  decodeMeasured,
  encodeMeasure,
  encodeMeasured,
} from './measuring.ts'
import { decodeReport, encodeReport } from './report.ts'
import {
  decodeGallery,
  decodePolicy,
  decodeSnapshot,
  encodeGallery,
  encodePolicy,
  encodeSnapshot,
} from './state.ts'
import { decodeBatch, encodeBatch } from './tasks.ts'

const v1 = agon.v1
const { Kind } = v1

/** Tasks that a student may ask for in a cycle, where the config does not name more. */
const MOST_TASKS = 10_000
/** One for each slot. */
const MOST_BATCHES = 1000

type Of<T extends Message['type']> = Extract<ToRole | FromRole, { readonly type: T }>

/** Every message of the contract (`../contract.ts`) as the wire has it. */
export const ENTRIES: Readonly<Record<(ToRole | FromRole)['type'], Entry>> = {
  'cycle.begin': entry<Of<'cycle.begin'>, agon.v1.CycleBegin.$Properties, agon.v1.CycleBegin>(
    Kind.KIND_CYCLE_BEGIN,
    v1.CycleBegin,
    ({ cycle }) => ({ cycle }),
    ({ cycle }) => ({ type: 'cycle.begin', cycle: positive(cycle, 'cycle') }),
  ),
  'tasks.request': entry<
    Of<'tasks.request'>,
    agon.v1.TasksRequest.$Properties,
    agon.v1.TasksRequest
  >(
    Kind.KIND_TASKS_REQUEST,
    v1.TasksRequest,
    ({ cycle, slot, count }) => ({ cycle, slot, count }),
    ({ cycle, slot, count }, talk) => ({
      type: 'tasks.request',
      cycle,
      slot: ownSlot(slot, talk),
      count: positive(count, 'count', Math.max(MOST_TASKS, talk.tasks)),
    }),
  ),
  'tasks.proposed': entry<
    Of<'tasks.proposed'>,
    agon.v1.TasksProposed.$Properties,
    agon.v1.TasksProposed
  >(
    Kind.KIND_TASKS_PROPOSED,
    v1.TasksProposed,
    ({ cycle, batches, metrics }, talk) => ({
      cycle,
      batches: batches.map((batch) => encodeBatch(batch, talk.probesSent)),
      metrics: { ...metrics },
    }),
    ({ cycle, batches, metrics }, talk) => ({
      type: 'tasks.proposed',
      cycle,
      batches: listed(batches, 'batches', MOST_BATCHES).map((batch) =>
        decodeBatch(batch, talk.probesKnown),
      ),
      metrics: numbers(metrics, 'metrics'),
    }),
  ),
  'tasks.assign': entry<Of<'tasks.assign'>, agon.v1.TaskBatch.$Properties, agon.v1.TaskBatch>(
    Kind.KIND_TASKS_ASSIGN,
    v1.TaskBatch,
    ({ batch }, talk) => {
      if (batch.probes.length > 0 && !talk.traits.probes)
        throw new AgonError(
          'student/probes',
          `the adversary names probes, and the student in slot '${batch.slot}' cannot work under them`,
          { remedy: 'choose another student or adversary' },
        )
      return encodeBatch(batch, talk.probesSent)
    },
    (wire, talk) => ({ type: 'tasks.assign', batch: decodeBatch(wire, talk.probesKnown) }),
  ),
  'outcomes.report': entry<
    Of<'outcomes.report'>,
    agon.v1.OutcomesReport.$Properties,
    agon.v1.OutcomesReport
  >(Kind.KIND_OUTCOMES_REPORT, v1.OutcomesReport, encodeReport, decodeReport),
  learned: entry<Of<'learned'>, agon.v1.Learned.$Properties, agon.v1.Learned>(
    Kind.KIND_LEARNED,
    v1.Learned,
    ({ cycle, slot, gradientUpdates, metrics, timings }) => ({
      cycle,
      slot,
      gradientUpdates,
      metrics: { ...metrics },
      timings: { ...timings },
    }),
    ({ cycle, slot, gradientUpdates, metrics, timings }, talk) => ({
      type: 'learned',
      cycle,
      slot: ownSlot(slot, talk),
      gradientUpdates,
      metrics: numbers(metrics, 'metrics'),
      timings: numbers(timings, 'timings'),
    }),
  ),
  'cycle.done': entry<Of<'cycle.done'>, agon.v1.CycleDone.$Properties, agon.v1.CycleDone>(
    Kind.KIND_CYCLE_DONE,
    v1.CycleDone,
    ({ cycle, metrics, levels = [], attempts = [] }) => ({
      cycle,
      metrics: { ...metrics },
      levels: levels.map(encodeLevels),
      attempts: attempts.map(encodeAttempt),
    }),
    ({ cycle, metrics, levels, attempts }) => ({
      type: 'cycle.done',
      cycle,
      metrics: numbers(metrics, 'metrics'),
      ...decodeLevels(levels),
      ...decodeAttempts(attempts),
    }),
  ),
  'snapshot.take': bare(Kind.KIND_SNAPSHOT_TAKE, 'snapshot.take'),
  'snapshot.taken': entry<
    Of<'snapshot.taken'>,
    agon.v1.SnapshotTaken.$Properties,
    agon.v1.SnapshotTaken
  >(
    Kind.KIND_SNAPSHOT_TAKEN,
    v1.SnapshotTaken,
    ({ snapshot, gallery = [] }) => ({
      snapshot: encodeSnapshot(snapshot),
      gallery: encodeGallery(gallery),
    }),
    ({ snapshot, gallery }, { shows }) => ({
      type: 'snapshot.taken',
      snapshot: decodeSnapshot(present(snapshot, 'snapshot')),
      ...(shows ? { gallery: decodeGallery(gallery) } : {}),
    }),
  ),
  restore: entry<Of<'restore'>, agon.v1.Snapshot.$Properties, agon.v1.Snapshot>(
    Kind.KIND_RESTORE,
    v1.Snapshot,
    ({ snapshot }) => encodeSnapshot(snapshot),
    (wire) => ({ type: 'restore', snapshot: decodeSnapshot(wire) }),
  ),
  restored: bare(Kind.KIND_RESTORED, 'restored'),
  'policy.export': bare(Kind.KIND_POLICY_EXPORT, 'policy.export'),
  'policy.exported': entry<
    Of<'policy.exported'>,
    agon.v1.PolicyExported.$Properties,
    agon.v1.PolicyExported
  >(
    Kind.KIND_POLICY_EXPORTED,
    v1.PolicyExported,
    ({ slot, policy }) => ({ slot, policy: encodePolicy(policy) }),
    ({ slot, policy }, talk) => ({
      type: 'policy.exported',
      slot: ownSlot(slot, talk),
      policy: decodePolicy(present(policy, 'policy')),
    }),
  ),
  measure: entry<Of<'measure'>, agon.v1.Measure.$Properties, agon.v1.Measure>(
    Kind.KIND_MEASURE,
    v1.Measure,
    (message, talk) => {
      if (message.request.seating !== undefined && !talk.seats) throw cannotSeat(talk.role)
      talk.measures.set(message.key, message)
      return encodeMeasure(message, present(talk.sealing, 'sealing'), talk.policies)
    },
    (wire) => decodeMeasure(wire),
  ),
  measured: entry<Of<'measured'>, agon.v1.Measured.$Properties, agon.v1.Measured>(
    Kind.KIND_MEASURED,
    v1.Measured,
    (message) => encodeMeasured(message),
    (wire, talk) => decodeMeasured(wire, talk.measures, present(talk.sealing, 'sealing')),
  ),
  'service.ask': entry<Of<'service.ask'>, agon.v1.ServiceAsk.$Properties, agon.v1.ServiceAsk>(
    Kind.KIND_SERVICE_ASK,
    v1.ServiceAsk,
    (message) => encodeAsk(message),
    (wire) => decodeAsk(wire),
  ),
  'service.answer': entry<
    Of<'service.answer'>,
    agon.v1.ServiceAnswer.$Properties,
    agon.v1.ServiceAnswer
  >(
    Kind.KIND_SERVICE_ANSWER,
    v1.ServiceAnswer,
    (message) => encodeAnswer(message),
    (wire) => decodeAnswer(wire),
  ),
  'service.failed': entry<
    Of<'service.failed'>,
    agon.v1.ServiceFailed.$Properties,
    agon.v1.ServiceFailed
  >(
    Kind.KIND_SERVICE_FAILED,
    v1.ServiceFailed,
    (message) => encodeFailed(message),
    (wire) => decodeFailed(wire),
  ),
  hello: entry<Of<'hello'>, agon.v1.Ready.$Properties, agon.v1.Ready>(
    Kind.KIND_READY,
    v1.Ready,
    encodeHello,
    decodeHello,
  ),
  failed: entry<Of<'failed'>, agon.v1.Error.$Properties, agon.v1.Error>(
    Kind.KIND_FAILED,
    v1.Error,
    ({ error }) => encodeFault(error),
    (wire) => ({ type: 'failed', error: decodeError(wire) satisfies ErrorRecord }),
  ),
  close: bare(Kind.KIND_CLOSE, 'close'),
}

import type { Adversary, LevelReport, Request, Step } from '../../adversaries/contract.ts'
import type { Attempt } from '../../adversaries/grid/contract.ts'
import { AgonError } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import { type RandomStream, type StreamPath, stream } from '../../core/random.ts'
import type { Metrics, TaskBatch } from '../../learners/contract.ts'
import type { Answer } from '../../services/contract.ts'
import {
  type CycleLedger,
  emptyLedger,
  everySlotAsked,
  everyTaskAnswered,
  noteBatches,
  noteReport,
  noteRequest,
  sortedOutcomes,
} from './adversary-core.ts'
import { checkBatches } from './batch-law.ts'
import type {
  FromAdversary,
  OutcomesReport,
  Restore,
  ServiceAnswer,
  ServiceAsk,
  SnapshotTake,
  TasksRequest,
} from './contract.ts'
import { checkNumbers } from './numbers.ts'

/** A call of the adversary that is not over: its questions are open, or it has just been made. */
interface OpenCall {
  readonly kind: 'propose' | 'observe'
  /** Keys whose answers it has not been given yet, in the order of asking. */
  readonly waiting: readonly string[]
  readonly answers: ReadonlyMap<string, Answer>
  /** Of the latest step that gave some. */
  readonly batches: readonly TaskBatch[] | null
  readonly metrics: Metrics
  readonly levels: readonly LevelReport[]
  readonly attempts: readonly Attempt[]
}

/** The adversary with the record it owns, and how far it is in its cycle. Messages in, messages out: a pure function of both. */
export interface AdversaryWork {
  readonly adversary: Adversary<unknown>
  readonly seed: number
  readonly slots: readonly SlotId[]
  readonly record: unknown
  readonly ledger: CycleLedger
  readonly call: OpenCall | null
  /** Keys of this cycle. */
  readonly asked: ReadonlySet<string>
}

/** What comes of a message: the work afterwards, and what is to be said. */
export interface Turn {
  readonly work: AdversaryWork
  readonly says: readonly FromAdversary[]
}

export type AdversaryMessage =
  | TasksRequest
  | OutcomesReport
  | ServiceAnswer
  | SnapshotTake
  | Restore

const GALLERY_SIZE = 24

export function openWork(
  adversary: Adversary<unknown>,
  seed: number,
  slots: readonly SlotId[],
): AdversaryWork {
  return {
    ...{ adversary, seed, slots },
    record: adversary.init(),
    ledger: emptyLedger,
    call: null,
    asked: new Set(),
  }
}

/** Where a cycle stands. */
export function phaseOf({
  call,
  ledger,
}: AdversaryWork): 'gathering' | 'proposing' | 'proposed' | 'observing' {
  if (call !== null) return call.kind === 'propose' ? 'proposing' : 'observing'
  return ledger.expected === null ? 'gathering' : 'proposed'
}

/** @throws AgonError `adversary/*`, `service/key`, `protocol/outcome`, `metrics/*`, and what the adversary itself throws */
export function hearMessage(work: AdversaryWork, message: AdversaryMessage): Turn {
  switch (message.type) {
    case 'tasks.request': {
      const ledger = noteRequest(work.ledger, message)
      if (!everySlotAsked(ledger, work.slots)) return { work: { ...work, ledger }, says: [] }
      return propose({ ...work, ledger, asked: new Set() })
    }
    case 'outcomes.report': {
      const ledger = noteReport(work.ledger, message)
      if (!everyTaskAnswered(ledger)) return { work: { ...work, ledger }, says: [] }
      return observe({ ...work, ledger })
    }
    case 'service.answer':
      return hearAnswer(work, message)
    case 'snapshot.take': {
      const snapshot = work.adversary.snapshot(work.record)
      const gallery = work.adversary.gallery(work.record, GALLERY_SIZE)
      return { work, says: [{ type: 'snapshot.taken', snapshot, gallery }] }
    }
    case 'restore':
      return {
        work: { ...work, record: work.adversary.restore(message.snapshot) },
        says: [{ type: 'restored' }],
      }
  }
}

const randomOf =
  ({ seed, ledger: { cycle } }: AdversaryWork) =>
  (...purpose: StreamPath): RandomStream =>
    stream(seed, 'adversary', cycle, ...purpose)

const NOTHING_OPEN = {
  ...{ waiting: [], answers: new Map(), batches: null },
  ...{ metrics: {}, levels: [], attempts: [] },
}

function propose(work: AdversaryWork): Turn {
  const { adversary, record, ledger } = work
  const counts = Object.fromEntries([...ledger.counts].sort()) as Record<SlotId, number>
  const step = adversary.propose(record, { cycle: ledger.cycle, counts, random: randomOf(work) })
  return advance(work, { kind: 'propose', ...NOTHING_OPEN }, step)
}

function observe(work: AdversaryWork): Turn {
  const { adversary, record, ledger } = work
  const step = adversary.observe(record, {
    cycle: ledger.cycle,
    outcomes: sortedOutcomes(ledger),
    random: randomOf(work),
  })
  return advance(work, { kind: 'observe', ...NOTHING_OPEN }, step)
}

function hearAnswer(work: AdversaryWork, { type: _, key, ...answer }: ServiceAnswer): Turn {
  const { call } = work
  if (call === null || !call.waiting.includes(key))
    throw new AgonError(
      'protocol/unasked',
      `'${key}' is answered, and the adversary did not ask it`,
    )
  const answers = new Map(call.answers).set(key, answer)
  return advance(work, { ...call, answers }, null)
}

/** Takes a step in, then every answer that is next in the order of asking; the call is over once nothing is waited for. */
function advance(before: AdversaryWork, call: OpenCall, first: Step<unknown> | null): Turn {
  const says: ServiceAsk[] = []
  let work = before
  let open = call
  let step = first
  for (;;) {
    if (step !== null) {
      const requests = step.requests ?? []
      says.push(...requests.map((request) => question(work, request)))
      checkNumbers(step.metrics ?? {}, 'metrics')
      work = {
        ...work,
        record: step.record,
        asked: new Set([...work.asked, ...requests.map(({ key }) => key)]),
      }
      open = {
        ...open,
        waiting: [...open.waiting, ...requests.map(({ key }) => key)],
        batches: step.batches ?? open.batches,
        metrics: { ...open.metrics, ...step.metrics },
        levels: [...open.levels, ...(step.levels ?? [])],
        attempts: [...open.attempts, ...(step.attempts ?? [])],
      }
    }
    const [key] = open.waiting
    if (key === undefined) return finish(work, open, says)
    const answer = open.answers.get(key)
    if (answer === undefined) return { work: { ...work, call: open }, says }
    open = { ...open, waiting: open.waiting.slice(1) }
    step = reply(work, open.kind, key, answer)
  }
}

function reply(
  work: AdversaryWork,
  phase: OpenCall['kind'],
  key: string,
  answer: Answer,
): Step<unknown> {
  const { adversary, record, ledger } = work
  if (adversary.reply === undefined)
    throw new AgonError('adversary/no-reply', 'the adversary asks services and takes no answers', {
      remedy: 'give it a function reply(record, key, answer)',
    })
  const { cycle } = ledger
  return adversary.reply(record, key, answer, { cycle, phase, random: randomOf(work) })
}

/** @throws AgonError `service/key` */
function question(
  { ledger: { cycle }, asked }: AdversaryWork,
  { service, key, payload, attachments }: Request,
): ServiceAsk {
  if (asked.has(key))
    throw new AgonError('service/key', `the adversary asks '${key}' twice in cycle ${cycle}`, {
      remedy: 'give each request of a cycle a key of its own',
    })
  return {
    type: 'service.ask',
    ...{ cycle, service, key, payload },
    ...(attachments === undefined ? {} : { attachments }),
  }
}

function finish(work: AdversaryWork, call: OpenCall, says: readonly FromAdversary[]): Turn {
  const { ledger } = work
  const { cycle } = ledger
  const { batches, metrics, levels, attempts } = call
  if (call.kind === 'observe')
    return {
      work: { ...work, call: null, ledger: { ...emptyLedger, cycle } },
      says: [
        ...says,
        {
          ...{ type: 'cycle.done', cycle, metrics },
          ...(levels.length === 0 ? {} : { levels }),
          ...(attempts.length === 0 ? {} : { attempts }),
        },
      ],
    }
  if (batches === null)
    throw new AgonError('adversary/no-tasks', `the adversary proposed nothing in cycle ${cycle}`)
  checkBatches(cycle, ledger.counts.keys(), batches)
  return {
    work: { ...work, call: null, ledger: noteBatches(ledger, batches) },
    says: [...says, { type: 'tasks.proposed', cycle, batches, metrics }],
  }
}

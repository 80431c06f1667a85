import type {
  Attempt,
  AttemptStatus,
  AttemptTask,
  PromptAttempt,
  PromptVerdict,
  PromptVote,
} from '../../../adversaries/grid/contract.ts'
import { type LevelId, slotId, type TaskId } from '../../../core/ids.ts'
import type { agon } from '../../../wire/index.ts'
import type { CycleDone } from '../contract.ts'
import { bytes, finite, listed, named, nonsense, text, upTo } from './fields.ts'

/** What came of the candidates of a search, as the wire has it. */

const MOST_ATTEMPTS = 100_000
const MOST_PARENTS = 100
const MOST_AXES = 16
const MOST_VALUES = 64
const MOST_SEATS = 100
const MOST_BINS = 100_000
const MOST_SEED = 2 ** 32 - 1
const MOST_REPEATS = 2 ** 31 - 1

const MOST_VOTES = 1000

const STATUSES: readonly AttemptStatus[] = ['new', 'better', 'kept-out', 'unscored']
const VERDICTS: readonly PromptVerdict[] = [
  'first',
  'replaced',
  'kept-out',
  'filtered',
  'unusable',
  'invalid',
]
const BALLOTS: readonly PromptVote['ballot'][] = ['first', 'second', 'abstain']

export const encodeAttempt = ({
  descriptor,
  cell,
  objective,
  tasks,
  prompt,
  ...attempt
}: Attempt): agon.v1.SearchAttempt.$Properties => ({
  ...attempt,
  parents: [...attempt.parents],
  descriptor: Object.fromEntries(
    Object.entries(descriptor).map(([axis, at]) => [
      axis,
      typeof at === 'number' ? { number: at } : { category: at },
    ]),
  ),
  cell: cell === null ? [] : [...cell],
  ...(objective === null ? {} : { objective }),
  values: { ...attempt.values },
  tasks: tasks.map(encodeTask),
  ...(prompt === undefined ? {} : { prompt: encodePrompt(prompt) }),
})

const encodePrompt = ({ target, stages, votes, ...prompt }: PromptAttempt) => ({
  ...prompt,
  ...{ target: [...target], stages: [...stages], votes: votes.map((vote) => ({ ...vote })) },
})

const encodeTask = ({
  return: earned,
  seating,
  ...task
}: AttemptTask): agon.v1.SearchAttemptTask.$Properties => ({
  ...task,
  seating: { ...seating },
  ...(earned === null ? {} : { return: earned }),
})

/** @throws AgonError `wire/body`, `wire/number` */
export function decodeAttempts(
  wire: readonly agon.v1.SearchAttempt.$Properties[] | null | undefined,
): Pick<CycleDone, 'attempts'> {
  const attempts = listed(wire, 'attempts', MOST_ATTEMPTS)
  return attempts.length === 0 ? {} : { attempts: attempts.map(decodeAttempt) }
}

function decodeAttempt(wire: agon.v1.SearchAttempt.$Properties): Attempt {
  const { cell, objective } = wire
  const values = named(wire.values, 'attempt.values', MOST_VALUES)
  for (const [name, value] of Object.entries(values)) finite(value, `attempt.values.${name}`)
  const bins = listed(cell, 'attempt.cell', MOST_AXES)
  return {
    id: text(wire.id, 'attempt.id') as LevelId,
    level: bytes(wire.level, 'attempt.level'),
    emitter: text(wire.emitter, 'attempt.emitter'),
    operator: text(wire.operator, 'attempt.operator'),
    parents: listed(wire.parents, 'attempt.parents', MOST_PARENTS).map(
      (parent) => text(parent, 'attempt.parents') as LevelId,
    ),
    descriptor: Object.fromEntries(
      Object.entries(named(wire.descriptor, 'attempt.descriptor', MOST_AXES)).map(([axis, at]) => [
        axis,
        placeOn(at, `attempt.descriptor.${axis}`),
      ]),
    ),
    cell: bins.length === 0 ? null : bins.map((bin) => upTo(bin, 'attempt.cell', MOST_BINS)),
    objective: objective == null ? null : finite(objective, 'attempt.objective'),
    values,
    status: oneOf(STATUSES, text(wire.status, 'attempt.status'), 'attempt.status'),
    tasks: listed(wire.tasks, 'attempt.tasks', MOST_ATTEMPTS).map(decodeTask),
    ...(wire.prompt == null ? {} : { prompt: decodePrompt(wire.prompt) }),
  }
}

function decodePrompt(wire: agon.v1.PromptAttempt.$Properties): PromptAttempt {
  const { seed, similarity, response, reference, oracle, replaced } = wire
  return {
    ...(seed ? { seed } : {}),
    target: listed(wire.target, 'prompt.target', MOST_AXES).map((bin) =>
      upTo(bin, 'prompt.target', MOST_BINS),
    ),
    stages: [...listed(wire.stages, 'prompt.stages', MOST_AXES)],
    ...(similarity == null ? {} : { similarity: finite(similarity, 'prompt.similarity') }),
    ...(response == null ? {} : { response }),
    ...(reference == null ? {} : { reference }),
    ...(oracle == null ? {} : { oracle }),
    votes: listed(wire.votes, 'prompt.votes', MOST_VOTES).map(({ candidateFirst, ballot }) => ({
      candidateFirst: candidateFirst === true,
      ballot: oneOf(BALLOTS, text(ballot, 'prompt.ballot'), 'prompt.ballot'),
    })),
    verdict: oneOf(VERDICTS, text(wire.verdict, 'prompt.verdict'), 'prompt.verdict'),
    ...(replaced ? { replaced: replaced as LevelId } : {}),
  }
}

function placeOn(wire: agon.v1.AxisValue.$Properties, field: string): number | string {
  return wire.number == null ? text(wire.category, field) : finite(wire.number, field)
}

/** @throws AgonError `wire/body` */
function oneOf<T extends string>(known: readonly T[], found: string, field: string): T {
  const one = known.find((each) => each === found)
  if (one !== undefined) return one
  throw nonsense(`${field} is '${found}'; it is one of ${known.join(', ')}`)
}

function decodeTask(wire: agon.v1.SearchAttemptTask.$Properties): AttemptTask {
  const seating = named(wire.seating, 'attempt.seating', MOST_SEATS)
  for (const name of Object.values(seating)) text(name, 'attempt.seating')
  return {
    task: text(wire.task, 'attempt.task') as TaskId,
    slot: slotId(text(wire.slot, 'attempt.slot')),
    seed: upTo(wire.seed, 'attempt.seed', MOST_SEED),
    repeat: upTo(wire.repeat, 'attempt.repeat', MOST_REPEATS),
    ...(Object.keys(seating).length === 0 ? {} : { seating }),
    return: wire.return == null ? null : finite(wire.return, 'attempt.return'),
  }
}

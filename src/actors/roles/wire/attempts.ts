import type { Attempt, AttemptStatus, AttemptTask } from '../../../adversaries/grid/contract.ts'
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

const STATUSES: readonly AttemptStatus[] = ['new', 'better', 'kept-out', 'unscored']

export const encodeAttempt = ({
  descriptor,
  cell,
  objective,
  tasks,
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
    status: statusOf(text(wire.status, 'attempt.status')),
    tasks: listed(wire.tasks, 'attempt.tasks', MOST_ATTEMPTS).map(decodeTask),
  }
}

function placeOn(wire: agon.v1.AxisValue.$Properties, field: string): number | string {
  return wire.number == null ? text(wire.category, field) : finite(wire.number, field)
}

function statusOf(status: string): AttemptStatus {
  const known = STATUSES.find((one) => one === status)
  if (known !== undefined) return known
  throw nonsense(`attempt.status is '${status}'; it is one of ${STATUSES.join(', ')}`)
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

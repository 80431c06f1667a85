import { agon } from '../../wire/index.ts'
import type { Part, Setting } from '../actor/part.ts'
import type { Turns } from '../actor/played-part.ts'
import { saying } from '../scripted-hub/saying.ts'
import { batchOf, SLOT, TASKS } from './batch.ts'
import { cycleChecks } from './cycle-checks.ts'
import { policyChecks } from './policy-checks.ts'

const { Kind } = agon.v1
const SEED = 11

/** A student of a small experiment whose adversary draws levels. */
export function studentPart(setting: Setting): Part {
  return {
    role: 'student',
    wireRole: agon.v1.Role.ROLE_STUDENT,
    actor: `student/${SLOT}`,
    place: { student: { slot: SLOT, seed: SEED, tasks: TASKS, environment: setting.handle } },
    turns: (cycle) => studentTurns(setting, cycle),
    checks: [...cycleChecks(setting, SLOT), ...policyChecks(setting, SLOT)],
    foreign: Kind.KIND_CYCLE_DONE,
  }
}

const LONG_NAME = 200

function studentTurns(setting: Setting, after: number): Turns {
  let cycle = after
  let between = true
  return {
    get between() {
      return between
    },
    get cycle() {
      return cycle
    },
    next(pad = 0) {
      between = !between
      if (!between) {
        cycle += 1
        return {
          sayings: [saying(Kind.KIND_CYCLE_BEGIN, agon.v1.CycleBegin, { cycle })],
          answers: [Kind.KIND_TASKS_REQUEST],
        }
      }
      const batch = batchOf(setting, cycle)
      // Ancestors may have any number of names: long without any meaning to a student.
      const parents = Array.from({ length: Math.ceil(pad / LONG_NAME) }, () =>
        'L'.repeat(LONG_NAME),
      )
      const tasks = batch.tasks?.map((task, i) =>
        i === 0 ? { ...task, lineage: { ...task.lineage, parents } } : task,
      )
      return {
        sayings: [
          saying(
            Kind.KIND_TASKS_ASSIGN,
            agon.v1.TaskBatch,
            { ...batch, tasks },
            `of ${batch.tasks?.length} tasks of cycle ${cycle}`,
          ),
        ],
        answers: [Kind.KIND_OUTCOMES_REPORT, Kind.KIND_LEARNED],
        padded: pad > 0,
      }
    },
  }
}

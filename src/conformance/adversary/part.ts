import { agon } from '../../wire/index.ts'
import type { Part, Setting } from '../actor/part.ts'
import type { Turns } from '../actor/played-part.ts'
import { type Question, saying } from '../scripted-hub/saying.ts'
import { adversaryCycleChecks } from './cycle-checks.ts'
import { inventedReport } from './invented-report.ts'
import { COUNTS } from './slots.ts'

const { Kind } = agon.v1
const SEED = 11
const DISCOUNT = 0.97
/** The adversary of a small experiment with two students, which are played by hand. */
export function adversaryPart(setting: Setting): Part {
  return {
    role: 'adversary',
    wireRole: agon.v1.Role.ROLE_ADVERSARY,
    actor: 'adversary',
    place: {
      adversary: {
        slots: Object.keys(COUNTS),
        seed: SEED,
        environment: setting.handle,
        discount: DISCOUNT,
      },
    },
    turns: (cycle) => adversaryTurns(cycle),
    checks: adversaryCycleChecks(setting),
    foreign: Kind.KIND_CYCLE_BEGIN,
  }
}

/** One request of one slot. */
export function requestOf(cycle: number, slot: string): Question['sayings'][number] {
  return saying(Kind.KIND_TASKS_REQUEST, agon.v1.TasksRequest, { cycle, slot, count: COUNTS[slot] })
}

/** Requests of both slots → a proposal; reports of both slots on whatever was proposed → the end of the cycle. */
function adversaryTurns(after: number): Turns {
  let cycle = after
  let between = true
  let batches: readonly agon.v1.TaskBatch.$Properties[] = []
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
          sayings: Object.keys(COUNTS).map((slot) => requestOf(cycle, slot)),
          answers: [Kind.KIND_TASKS_PROPOSED],
          learn: ([{ body }]) => {
            batches = agon.v1.TasksProposed.decode(body).batches
          },
        }
      }
      return {
        sayings: Object.keys(COUNTS).map((slot, i) =>
          saying(
            Kind.KIND_OUTCOMES_REPORT,
            agon.v1.OutcomesReport,
            // By the batches' own order where they name no slot that asked: an answer comes all the same.
            inventedReport(
              cycle,
              slot,
              batches.find((one) => one.slot === slot) ?? batches[i],
              i === 0 ? pad : 0,
            ),
            `of slot '${slot}' in cycle ${cycle}`,
          ),
        ),
        answers: [Kind.KIND_CYCLE_DONE],
        padded: pad > 0,
      }
    },
  }
}

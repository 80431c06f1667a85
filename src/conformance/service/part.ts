import { agon } from '../../wire/index.ts'
import type { Part, Setting } from '../actor/part.ts'
import type { Turns } from '../actor/played-part.ts'
import { serviceChecks } from './ask-checks.ts'
import { type AnswerKind, asking } from './asking.ts'

export const SERVICE = 'judge'
const SEED = 7

/** A service, which is asked the same thing under one key after another. */
export function servicePart({ handle, payload }: Setting): Part {
  // What it does with the payload: answers, or says that it cannot. Found out by the first check.
  const kind: AnswerKind = { now: agon.v1.Kind.KIND_SERVICE_ANSWER }
  return {
    role: 'service',
    wireRole: agon.v1.Role.ROLE_SERVICE,
    actor: `service/${SERVICE}`,
    place: { service: { name: SERVICE, seed: SEED, environment: handle, stateful: false } },
    turns(cycle): Turns {
      let asked = 0
      return {
        between: true,
        cycle,
        next: (pad = 0) => asking(`${cycle}/turn/${++asked}`, payload, kind.now, pad),
      }
    },
    checks: serviceChecks(payload, kind),
    foreign: agon.v1.Kind.KIND_CYCLE_BEGIN,
  }
}

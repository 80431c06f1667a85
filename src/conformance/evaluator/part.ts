import { agon } from '../../wire/index.ts'
import { measuring } from '../actor/measuring.ts'
import type { Part, Setting } from '../actor/part.ts'
import type { Turns } from '../actor/played-part.ts'
import { evaluatorChecks } from './measure-checks.ts'
import { plainPolicy } from './plain-policy.ts'

/** An evaluator, which is asked to measure a policy again and again. */
export function evaluatorPart(setting: Setting): Part {
  const policy = plainPolicy(setting.environment.spec)
  return {
    role: 'evaluator',
    wireRole: agon.v1.Role.ROLE_EVALUATOR,
    actor: 'evaluator',
    place: { evaluator: {} },
    turns: (): Turns => {
      let asked = 0
      return {
        between: true,
        cycle: 0,
        next: (pad = 0) => measuring(setting, `during/${++asked}`, policy, pad).question,
      }
    },
    checks: evaluatorChecks(setting, policy),
    foreign: agon.v1.Kind.KIND_CYCLE_BEGIN,
  }
}

import type { Evaluator } from '../../../evaluation/contract.ts'
import { createEvaluator } from '../../../evaluation/evaluator.ts'
import { agon } from '../../../wire/messages.ts'
import type { EvaluatorSeed } from '../contract.ts'
import { evaluatorMachine } from '../evaluator.machine.ts'
import { OWN_TRAITS } from '../traits.ts'
import { plainSeed } from '../wire/seed.ts'
import type { RoleRow } from './role-row.ts'

export const evaluator: RoleRow<EvaluatorSeed> = {
  role: 'evaluator',
  wire: agon.v1.Role.ROLE_EVALUATOR,
  place: () => null,
  seeds: (plan) => [plan.evaluator],
  opened: 'needed',
  stateful: () => false,
  cycles: false,
  exports: false,
  hears: ['measure', 'close'],
  says: ['hello', 'failed', 'measured'],
  traits: () => OWN_TRAITS,
  machine: evaluatorMachine,
  placed: plainSeed('evaluator'),
  input: ({ workers, device = 'cpu', policies }) => ({
    create: async () =>
      createEvaluator({ workers, device, ...(policies === undefined ? {} : { policies }) }),
  }),
  body: ({ evaluator: made }) => made as Evaluator | null,
  side: ({ policies }, { attached }) => (attached && policies !== undefined ? { policies } : {}),
  welcome: () => ({ evaluator: {} }),
  hello: () => ({}),
}

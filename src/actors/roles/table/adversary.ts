import type { AdversaryDefinition } from '../../../adversaries/contract.ts'
import { loadExport } from '../../../core/module.ts'
import { loadEnvironment } from '../../../envs/load-environment.ts'
import { agon } from '../../../wire/messages.ts'
import { adversaryMachine } from '../adversary.machine.ts'
import type { AdversarySeed } from '../contract.ts'
import { OWN_TRAITS } from '../traits.ts'
import { listed } from '../wire/fields.ts'
import { plainSeed } from '../wire/seed.ts'
import { readStatistics } from '../wire/statistics.ts'
import { MOST_PROBES } from '../wire/tasks.ts'
import type { RoleRow } from './role-row.ts'

export const adversary: RoleRow<AdversarySeed> = {
  role: 'adversary',
  wire: agon.v1.Role.ROLE_ADVERSARY,
  place: () => null,
  seeds: (plan) => [plan.adversary],
  opened: 'first',
  stateful: () => true,
  cycles: true,
  exports: false,
  hears: [
    ...(['tasks.request', 'outcomes.report', 'service.answer'] as const),
    ...(['snapshot.take', 'restore', 'close'] as const),
  ],
  says: [
    ...(['hello', 'failed', 'tasks.proposed', 'cycle.done'] as const),
    ...(['service.ask', 'snapshot.taken', 'restored'] as const),
  ],
  traits: () => OWN_TRAITS,
  machine: adversaryMachine,
  placed: plainSeed('adversary'),
  input: (seed) => ({
    slots: seed.slots,
    seed: seed.seed,
    create: async () => {
      const definition = await loadExport<AdversaryDefinition<unknown>>(seed.module, 'adversary')
      const { levels, returnRange } = await loadEnvironment(seed.environment)
      const { slots, discount, dataset } = seed
      return definition.create(seed.options, { levels, slots, discount, returnRange, dataset })
    },
  }),
  body: () => null,
  // Levels of an adversary that Agon makes itself come of its level space.
  side: ({ slots }, { attached, levelFault, probeFault }) => ({
    slots,
    shows: true,
    ...(attached ? { levelFault, probeFault } : {}),
  }),
  welcome: ({ slots, seed, discount }, environment) => ({
    adversary: {
      slots: [...slots],
      seed,
      environment,
      ...(discount === undefined ? {} : { discount }),
    },
  }),
  hello: ({ needs, probes }) => ({
    needs: readStatistics(needs, 'needs'),
    ...(probes.length === 0 ? {} : { probes: listed(probes, 'probes', MOST_PROBES) }),
  }),
}

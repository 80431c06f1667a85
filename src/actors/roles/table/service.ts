import { loadExport } from '../../../core/module.ts'
import type { Service, ServiceDefinition } from '../../../services/contract.ts'
import { agon } from '../../../wire/messages.ts'
import type { ServiceSeed } from '../contract.ts'
import { serviceMachine } from '../service.machine.ts'
import { OWN_TRAITS } from '../traits.ts'
import { plainSeed } from '../wire/seed.ts'
import type { RoleRow } from './role-row.ts'

export const service: RoleRow<ServiceSeed> = {
  role: 'service',
  wire: agon.v1.Role.ROLE_SERVICE,
  place: ({ name }) => name,
  seeds: ({ services = [] }) => services,
  opened: 'first',
  stateful: ({ traits }) => traits.stateful,
  cycles: false,
  exports: false,
  hears: ['service.ask', 'snapshot.take', 'restore', 'close'],
  says: ['hello', 'failed', 'service.answer', 'service.failed', 'snapshot.taken', 'restored'],
  traits: ({ traits: { deterministic, stateful } }) => ({
    ...OWN_TRAITS,
    deterministic,
    snapshots: stateful,
  }),
  machine: serviceMachine,
  placed: plainSeed('service'),
  input: (seed) => ({
    name: seed.name,
    traits: service.traits(seed),
    create: async () => {
      const definition = await loadExport<ServiceDefinition<unknown>>(seed.module, 'service')
      return definition.create(seed.options, seed)
    },
  }),
  body: ({ service: made }) => made as Service | null,
  side: ({ name }) => ({ service: name }),
  welcome: ({ name, seed, traits }, environment) => ({
    service: { name, seed, environment, stateful: traits.stateful },
  }),
  hello: () => ({}),
}

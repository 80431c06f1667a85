import { loadExport } from '../../../core/module.ts'
import type { Student, StudentDefinition } from '../../../learners/contract.ts'
import { agon } from '../../../wire/messages.ts'
import type { StudentSeed } from '../contract.ts'
import { studentMachine } from '../student.machine.ts'
import { OWN_TRAITS } from '../traits.ts'
import { present } from '../wire/fields.ts'
import { type PlacedSeed, plainSeed, type SeedCodec } from '../wire/seed.ts'
import { decodePolicy, encodePolicy } from '../wire/state.ts'
import { readStatistics } from '../wire/statistics.ts'
import type { RoleRow } from './role-row.ts'

const plain = plainSeed<StudentSeed>('student')

/** Weights to begin with travel as they are, beside the JSON. */
const weightsApart: SeedCodec<StudentSeed> = {
  encode: ({ init, ...seed }): PlacedSeed => ({
    ...plain.encode(seed),
    ...(init === undefined ? {} : { init: encodePolicy(init) }),
  }),
  decode({ init, ...placed }) {
    const seed = plain.decode(placed)
    return init == null ? seed : { ...seed, init: decodePolicy(init) }
  },
}

export const student: RoleRow<StudentSeed> = {
  role: 'student',
  wire: agon.v1.Role.ROLE_STUDENT,
  place: ({ slot }) => slot,
  seeds: ({ students }) => students,
  opened: 'first',
  stateful: () => true,
  cycles: true,
  exports: true,
  hears: [
    ...(['cycle.begin', 'tasks.assign', 'snapshot.take', 'restore'] as const),
    ...(['policy.export', 'measure', 'service.answer', 'close'] as const),
  ],
  says: [
    ...(['hello', 'failed', 'tasks.request', 'outcomes.report', 'learned'] as const),
    ...(['snapshot.taken', 'restored', 'policy.exported', 'measured', 'service.ask'] as const),
  ],
  traits: () => OWN_TRAITS,
  machine: studentMachine,
  placed: weightsApart,
  input: (seed) => ({
    slot: seed.slot,
    count: seed.count,
    create: async (
      ask: NonNullable<Parameters<StudentDefinition<unknown>['create']>[1]['ask']>,
    ) => {
      const definition = await loadExport<StudentDefinition<unknown>>(seed.module, 'student')
      return definition.create(seed.options, { ...seed, ask })
    },
  }),
  body: ({ student: made }) => made as Student | null,
  side: ({ slot, count }) => ({ slot, tasks: count }),
  welcome: ({ slot, seed, count, init }, environment) => ({
    student: {
      ...{ slot, seed, tasks: count, environment },
      ...(init === undefined ? {} : { init: encodePolicy(init) }),
    },
  }),
  hello: ({ offers }, { slot }) => ({
    slot: present(slot, 'slot'),
    offers: readStatistics(offers, 'offers'),
  }),
}

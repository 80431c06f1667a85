import type { StudentDefinition } from '../contract.ts'
import { type FrozenOptions, frozenOptions } from './options.ts'
import { createFrozenStudent } from './student.ts'

export type { FrozenOptions } from './options.ts'

/** A policy that attempts tasks as it is: for searches of where it fails. */
export const student: StudentDefinition<FrozenOptions> = {
  id: 'frozen',
  options: frozenOptions,
  taskCount: ({ rollout }) => rollout.envs,
  envSteps: ({ rollout }, tasks) => tasks * rollout.steps,
  discount: ({ discount }) => discount,
  policies: ({ policy }) => [policy],
  records: () => true,
  create: createFrozenStudent,
}

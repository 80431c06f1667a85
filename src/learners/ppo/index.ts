import type { StudentDefinition } from '../contract.ts'
import { type PpoOptions, ppoOptions } from './options.ts'
import { loadPolicy } from './policy-file.ts'
import { ppoNetwork } from './ppo-network.ts'
import { settingNotes } from './setting-notes.ts'
import { stepCost } from './step-cost.ts'
import { createPpoStudent } from './student.ts'
import { checkTimeLimit } from './time-limit.ts'

export type { EpisodicContext, EpisodicPpo } from './episodic.ts'
export { createEpisodicPpo, episodicCost } from './episodic.ts'
export type { EpisodicOptions, PpoOptions } from './options.ts'
export { episodicOptions, ppoOptions } from './options.ts'
export type { PpoStudent } from './student.ts'
export { createPpoStudent } from './student.ts'

/** Recurrent PPO over ONNX Runtime. */
export const student: Omit<StudentDefinition<PpoOptions>, 'create'> & {
  readonly create: typeof createPpoStudent
} = {
  id: 'ppo',
  options: ppoOptions,
  taskCount: (options) => options.rollout.envs,
  envSteps: (options, tasks) => tasks * options.rollout.steps,
  discount: (options) => options.ppo.discount,
  parameterCount: (options, spec) => ppoNetwork(options, spec).layout.size,
  stepCost,
  checkInit(options, spec, init) {
    const network = ppoNetwork(options, spec)
    loadPolicy(init, spec, network, new Float32Array(network.layout.size))
  },
  carries: ({ rollout }) => rollout.carry === 'continue',
  checkEnvironment: checkTimeLimit,
  critic: true,
  records: ({ rollout }) => rollout.carry !== 'continue',
  notes: settingNotes,
  create: createPpoStudent,
}

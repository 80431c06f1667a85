import '../../core/require-node.ts'

/** Taking a place in a run from another process: `attachStudent`, `attachAdversary`, `attachEvaluator`, `attachService`. */
export { resolveTarget } from '../../wire/index.ts'
export type {
  AdversaryPlace,
  AttachedPlace,
  AttachRoleOptions,
  ServicePlace,
  StudentPlace,
} from '../roles/attach-role.ts'
export {
  attachAdversary,
  attachEvaluator,
  attachService,
  attachStudent,
} from '../roles/attach-role.ts'

import '../../core/require-node.ts'

/** Taking a place in a run from another process: `attachStudent`, `attachAdversary`, `attachEvaluator`. */
export { resolveTarget } from '../../wire/index.ts'
export type {
  AdversaryPlace,
  AttachedPlace,
  AttachRoleOptions,
  StudentPlace,
} from '../roles/attach-role.ts'
export { attachAdversary, attachEvaluator, attachStudent } from '../roles/attach-role.ts'

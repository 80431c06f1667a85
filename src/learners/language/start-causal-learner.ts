import { builtUrl } from '../../core/module.ts'
import type { Learner } from '../trainer/contract.ts'
import { type LearnerRequest, startLearner } from '../trainer/learner.ts'
import type { CausalLearnerOptions } from './causal-learner.ts'

/** Threads that train a language model; batches as {@link packedSpec} has them. */
export const startCausalLearner = (
  request: Omit<LearnerRequest, 'module' | 'options'> & { readonly options: CausalLearnerOptions },
): Promise<Learner> =>
  startLearner({ ...request, module: builtUrl(import.meta.url, './causal-learner.js') })

import type { EvaluationRequest } from './contract.ts'

/** What is measured, apart from where: a request without its environment, which is at hand already. */
export type Measurement = Omit<EvaluationRequest, 'environment'>

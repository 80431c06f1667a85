import '../core/require-node.ts'

export type {
  Answer,
  Ask,
  Cost,
  Json,
  Service,
  ServiceContext,
  ServiceDefinition,
  ServiceTraits,
} from './contract.ts'
export { defineService } from './define-service.ts'
export type {
  GradeAnswer,
  GradedOutcome,
  GradeQuestion,
  GradeStatistic,
} from './graders/contract.ts'
export { matchGrader } from './graders/match.ts'
export { matchOptions } from './graders/match-options.ts'

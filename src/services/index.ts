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

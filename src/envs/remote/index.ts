/** Environments over the wire: `environmentsService` serves them, `openSteps` asks for steps. */
export { decodeDescription, type EnvironmentDescription, encodeDescription } from './description.ts'
export { environmentsService, type ServiceOptions } from './server/service.ts'
export { openSteps, type StepCaller } from './step-caller.ts'
export { decodeStream, encodeStream } from './stream-state.ts'

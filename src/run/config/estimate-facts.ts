import type { SlotId } from '../../core/ids.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import type { StepCost } from '../../learners/contract.ts'
import type { ServiceLearning } from '../../services/contract.ts'
import type { PartConfig, RunConfig } from '../contract.ts'
import type { EstimateFacts } from './estimate.ts'
import { loadDefinition } from './registry.ts'

/** A student's definition may tell how large its network will be. */
interface Sized {
  parameterCount?(options: unknown, spec: EnvironmentSpec): number
  stepCost?(options: unknown, spec: EnvironmentSpec): StepCost
}

/**
 * The part of the facts that the config's own modules tell; rates and cores are for the caller to add.
 * @throws AgonError as {@link loadDefinition}
 */
export async function loadEstimateFacts(config: RunConfig): Promise<EstimateFacts> {
  const environment = (await loadDefinition('environment', config.env.module)).create(
    config.env.options,
  )
  const adversary = await loadDefinition('adversary', config.adversary.module)
  const students: Record<SlotId, EstimateFacts['students'][SlotId]> = {}
  const parameters: Record<SlotId, number> = {}
  const stepCosts: Record<SlotId, StepCost> = {}
  for (const [slot, part] of Object.entries(config.students) as [SlotId, PartConfig][]) {
    const definition: Awaited<ReturnType<typeof loadDefinition<'student'>>> & Sized =
      await loadDefinition('student', part.module)
    students[slot] = definition
    const count = definition.parameterCount?.(part.options, environment.spec)
    if (count !== undefined) parameters[slot] = count
    const cost = definition.stepCost?.(part.options, environment.spec)
    if (cost !== undefined) stepCosts[slot] = cost
  }
  const suiteSizes = Object.fromEntries(
    environment.suites.map((id) => [id, environment.suite(id).entries.length]),
  )
  const services: Record<string, ServiceLearning> = {}
  for (const [name, part] of Object.entries(config.services ?? {})) {
    const definition = await loadDefinition('service', part.module)
    const learning = definition.learning?.(part.options, environment)
    if (learning !== undefined) services[name] = learning
  }
  const known = Object.keys(parameters).length === Object.keys(students).length
  return {
    ...{ adversary, students, suiteSizes, stepCosts },
    ...(Object.keys(services).length === 0 ? {} : { services }),
    ...(known ? { parameters } : {}),
  }
}

import type { AdversaryDefinition } from '../adversaries/contract.ts'
import { loadExport } from '../core/module.ts'
import { loadEnvironment } from '../envs/load-environment.ts'
import type { StudentDefinition } from '../learners/contract.ts'
import type { RunConfig } from '../run/contract.ts'
import type { ServiceDefinition } from '../services/contract.ts'
import { carryNotes } from './carry-notes.ts'
import { stepLimit } from './step-limit.ts'

/**
 * What the run will do otherwise than its config asks, each a sentence with both numbers: told at a dry run and at the
 * start, never in silence.
 */
export async function settingNotes(config: RunConfig): Promise<readonly string[]> {
  const { module, options } = config.env
  const environment = await loadEnvironment({ module, options })
  const { spec } = environment
  const { adversary } = config
  const opponent = await loadExport<AdversaryDefinition<unknown>>(adversary.module, 'adversary')
  const notes: string[] = []
  const slots = Object.entries(config.students)
  let count = 0
  for (const [slot, part] of slots) {
    const student = await loadExport<StudentDefinition<unknown>>(part.module, 'student')
    count = Math.max(count, student.taskCount(part.options))
    const carried =
      student.carries?.(part.options) === true
        ? carryNotes(environment, opponent, adversary.options, config.cuts.every)
        : []
    const limit = (): number | null => stepLimit(environment)
    student.checkEnvironment?.(part.options, environment)
    const own = [...(student.notes?.(part.options, spec, limit) ?? []), ...carried]
    notes.push(...own.map((note) => (slots.length === 1 ? `student: ${note}` : `${slot}: ${note}`)))
  }
  for (const { module, options } of Object.values(config.services ?? {})) {
    const service = await loadExport<ServiceDefinition<unknown>>(module, 'service')
    service.checkEnvironment?.(options, environment)
  }
  const own = opponent.notes?.(adversary.options, count) ?? []
  return [...notes, ...own.map((note) => `adversary: ${note}`)]
}

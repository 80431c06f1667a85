import type { AdversaryCast } from '../../adversaries/contract.ts'
import { slotId } from '../../core/ids.ts'
import { isMapping } from './mapping.ts'
import type { ConfigPath, ConfigProblem } from './problems.ts'
import type { PartSource } from './resolve-parts.ts'
import type { Place } from './schema-problems.ts'

/** Slots of one student, what was written, and where; slots in sorted order, as everywhere. */
export function studentSources(
  config: Readonly<Record<string, unknown>>,
  { slots = [slotId('agent')] }: AdversaryCast,
): readonly (readonly [readonly string[], unknown, ConfigPath])[] {
  if (!isMapping(config.students))
    return [[[...slots].sort(), config.student ?? { id: 'ppo' }, ['student']]]
  return Object.entries(config.students)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([slot, part]) => [[slot], part, ['students', slot]])
}

/** With the services that the adversary needs, where the config has none of their names. */
export function castOf(
  config: Readonly<Record<string, unknown>>,
  { services }: AdversaryCast,
): Readonly<Record<string, unknown>> {
  if (services === undefined) return config
  const { services: own = {} } = config
  return isMapping(own) ? { ...config, services: { ...services, ...own } } : config
}

/** Students in slots that the adversary can do nothing with. */
export function castProblems(
  { students, adversary }: Readonly<Record<string, unknown>>,
  { slotFault, slots = [slotId('agent')] }: AdversaryCast,
  place: Place,
): ConfigProblem[] {
  const named = isMapping(students) ? Object.keys(students).map(slotId) : slots
  const fault = slotFault?.(named) ?? null
  if (fault === null) return []
  const { id } = adversary as PartSource
  return [
    {
      place: place(['students'], 'key'),
      path: 'students',
      message: `the adversary ${id} ${fault}`,
    },
  ]
}

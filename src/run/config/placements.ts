import type { PartConfig, RunConfig } from '../contract.ts'
import { placementOf } from '../placement-of.ts'
import type { ConfigProblem } from './problems.ts'
import type { Place } from './schema-problems.ts'

/** The id of a student or an adversary that another program plays. */
const EXTERNAL = 'external'

/** Placements that fit no actor, and external parts that nobody is waited for to play. */
export function placementProblems(
  placement: RunConfig['placement'],
  students: Readonly<Record<string, PartConfig>>,
  adversary: PartConfig,
  services: Readonly<Record<string, Pick<PartConfig, 'id'>>>,
  place: Place,
): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const blame = (path: readonly string[], message: string): void => {
    problems.push({ place: place(path), path: path.join('.'), message })
  }
  const slots = Object.keys(students)
  if (typeof placement.student !== 'string')
    for (const slot of Object.keys(placement.student))
      if (!slots.includes(slot))
        blame(
          ['placement', 'student', slot],
          `there is no slot '${slot}'; there are ${slots.join(', ')}`,
        )
  for (const [slot, { id }] of Object.entries(students))
    if (id === EXTERNAL && placementOf(placement, { role: 'student', place: slot }) !== 'attach')
      blame(
        ['placement', 'student'],
        `the student in slot '${slot}' is external: it must be attach`,
      )
  const names = Object.keys(services)
  if (typeof placement.services === 'object')
    for (const name of Object.keys(placement.services))
      if (!names.includes(name))
        blame(
          ['placement', 'services', name],
          `there is no service '${name}'; there are ${names.join(', ') || 'none'}`,
        )
  for (const [name, { id }] of Object.entries(services))
    if (id === EXTERNAL && placementOf(placement, { role: 'service', place: name }) !== 'attach')
      blame(['placement', 'services'], `the service '${name}' is external: it must be attach`)
  if (adversary.id === EXTERNAL && placement.adversary !== 'attach')
    blame(['placement', 'adversary'], 'the adversary is external: it must be attach')
  return problems
}

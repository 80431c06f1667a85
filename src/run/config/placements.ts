import { PLACING, type Placing, type WrittenCast } from '../../actors/roles/table/placing.ts'
import type { RunConfig } from '../contract.ts'
import { placementOf } from '../placement-of.ts'
import type { ConfigProblem } from './problems.ts'
import type { Place } from './schema-problems.ts'

/** The id of a part that another program plays. */
const EXTERNAL = 'external'

/** Placements that fit no actor, and external parts that nobody is waited for to play. */
export function placementProblems(
  placement: RunConfig['placement'],
  cast: WrittenCast,
  place: Place,
): readonly ConfigProblem[] {
  const blame = (path: readonly string[], message: string): ConfigProblem => ({
    place: place(path),
    path: path.join('.'),
    message,
  })
  return Object.entries<Placing>(PLACING).flatMap(([role, { key, by, parts, called }]) => {
    const actors = parts(cast)
    const given = placement[key]
    const there = actors.flatMap(([name]) => name ?? [])
    const strange =
      typeof given !== 'object' ? [] : Object.keys(given).filter((name) => !there.includes(name))
    const unattended = actors.filter(
      ([name, part]) =>
        part?.id === EXTERNAL && placementOf(placement, { role, place: name }) !== 'attach',
    )
    return [
      ...strange.map((name) =>
        blame(
          ['placement', key, name],
          `there is no ${by} '${name}'; there are ${there.join(', ') || 'none'}`,
        ),
      ),
      ...unattended.map(([name]) =>
        blame(['placement', key], `${called(name)} is external: it must be attach`),
      ),
    ]
  })
}

import { isDeepStrictEqual } from 'node:util'
import type { Measure } from '../../envs/contract.ts'
import type { StoredEvaluation } from '../../run/contract.ts'

/** The measures that all of these have alike: one of the same name that counts otherwise is another. */
export function commonMeasures(evaluations: readonly StoredEvaluation[]): readonly Measure[] {
  const [first, ...others] = evaluations.map(({ measures = [] }) =>
    measures.map(({ name, about, better, of, above }): Measure => {
      return { name, about, better, of, ...(above === undefined ? {} : { above }) }
    }),
  )
  const counts = ({ about: _, ...rest }: Measure) => rest
  return first.filter((measure) =>
    others.every((measures) =>
      measures.some((other) => isDeepStrictEqual(counts(other), counts(measure))),
    ),
  )
}

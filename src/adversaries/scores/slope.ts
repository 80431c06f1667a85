import type { Visit } from '../contract.ts'
import type { Score } from './score.ts'

/** Visits of a level through which the line is laid (Matiisen et al.: K = 10). */
const WINDOW = 10

/** Slope of the least-squares line through a level's returns over the cycles of its visits; 0 for fewer than two. */
function slope(visits: readonly Visit[]): number {
  const mean = (of: (visit: Visit) => number): number =>
    visits.reduce((sum, visit) => sum + of(visit), 0) / visits.length
  const [cycle, height] = [mean((visit) => visit.cycle), mean((visit) => visit.meanReturn)]
  let [rise, run] = [0, 0]
  for (const visit of visits) {
    rise += (visit.cycle - cycle) * (visit.meanReturn - height)
    run += (visit.cycle - cycle) ** 2
  }
  return run === 0 ? 0 : rise / run
}

/**
 * How fast returns on the level change, up or down: the window algorithm of Matiisen, Oliver, Cohen and Schulman 2017, "Teacher-Student
 * Curriculum Learning", whose tasks are levels here.
 */
export const learningSlope: Score = {
  id: 'tscl-slope',
  about: 'How fast mean returns on the level rise or fall over its last ten visits (TSCL).',
  needs: ['return'],
  students: [1, Number.POSITIVE_INFINITY],
  visits: WINDOW,
  evaluate: ({ students, visits = [] }) =>
    students.some((episodes) => episodes.length > 0)
      ? Math.abs(slope(visits))
      : Number.NEGATIVE_INFINITY,
}

import { WEAKNESSES } from '../../play/weaknesses/find-weaknesses.ts'
import type { WeaknessesFile } from '../../play/weaknesses/weaknesses-file.ts'
import type { ArchiveFile } from '../../run/archive/contract.ts'
import { formatScore } from '../text/quantities.ts'
import type { JUnitCase } from './junit.ts'

/**
 * A test case for each class of weakness: as bad as the worst of the best levels on which the policy showed it, and passed where it
 * showed none.
 * @param target what the policy is called among the teams
 */
export function weaknessCases(
  { teams, games }: WeaknessesFile,
  { elites }: Pick<ArchiveFile, 'elites'>,
  target: string,
  fails: (objective: number) => boolean,
): readonly JUnitCase[] {
  const side = teams[0] === target ? 0 : 1
  const objectives = new Map(elites.map(({ id, objective }) => [id, objective]))
  return WEAKNESSES.map(({ id, sentence }) => {
    const shown = games.flatMap(({ title, found }) => {
      const [level] = title.split(' ')
      const objective = objectives.get(level)
      const seen = (found[side][id]?.length ?? 0) > 0
      return seen && objective !== undefined ? [{ level, objective }] : []
    })
    const value = shown.length === 0 ? Number.NaN : Math.max(...shown.map((one) => one.objective))
    const where = shown.map(({ level, objective }) => `${level} (${formatScore(objective)})`)
    return {
      name: `weakness ${id}`,
      value,
      detail: `${sentence} Seen in ${shown.length} of ${games.length} games on the best levels: ${where.join(', ')}`,
      failed: shown.length > 0 && fails(value),
    }
  })
}

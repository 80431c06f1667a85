import type { LevelSpace } from '../../envs/contract.ts'
import type { HistoryRow } from '../history/contract.ts'

/** As many are worth another program's while. */
const MOST = 50

/**
 * The best levels in the form of the other program that plays them, best first by their names; none where there is no such
 * program.
 * @param rows of elites
 */
export function foreignFiles<L>(
  rows: readonly Pick<HistoryRow, 'id' | 'level' | 'objective'>[],
  space: LevelSpace<L>,
): readonly { readonly path: string; readonly text: string }[] {
  const { foreign } = space
  if (foreign === undefined) return []
  const best = rows.toSorted((a, b) => (b.objective ?? 0) - (a.objective ?? 0)).slice(0, MOST)
  return best.map(({ id, level }, rank) => {
    const name = `${String(rank + 1).padStart(2, '0')}-${id.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`
    const file = foreign.file(space.decode(level), name)
    return { path: `${foreign.folder}/${file.name}`, text: file.text }
  })
}

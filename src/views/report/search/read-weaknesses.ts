import { WEAKNESSES } from '../../../play/weaknesses/find-weaknesses.ts'
import { WEAKNESSES_FILE, weaknessesSchema } from '../../../play/weaknesses/weaknesses-file.ts'
import { readRunFile } from '../../../run/read-run-file.ts'
import type { ShownWeaknesses } from './contract.ts'

const SHOWN = 6

/** What was seen in games on the best levels of a search, in the order in which the classes were published. */
export async function readWeaknesses(
  folder: string,
  notes: string[],
): Promise<ShownWeaknesses | null> {
  const { value, missing, problem } = await readRunFile(folder, WEAKNESSES_FILE, weaknessesSchema)
  if (value === null) {
    if (!missing && problem !== null) notes.push(`${problem}. It is left out.`)
    return null
  }
  const { games, teams } = value
  return {
    games: games.length,
    teams,
    rows: WEAKNESSES.map(({ id, sentence, threshold }) => {
      const counts = games.map(({ found }) => found.map((team) => team[id]?.length ?? 0))
      const total = (team: 0 | 1): number => counts.reduce((sum, count) => sum + count[team], 0)
      const shown = (team: 0 | 1): number => counts.filter((count) => count[team] > 0).length
      return {
        ...{ id, sentence, threshold },
        sightings: [total(0), total(1)],
        games: [shown(0), shown(1)],
        where: games
          .flatMap(({ title, found }) =>
            found.some((team) => (team[id]?.length ?? 0) > 0) ? title : [],
          )
          .slice(0, SHOWN),
      }
    }),
  }
}

import { AgonError, defineService, z } from 'agon'
import type { Service } from 'agon/services'

const options = z.strictObject({
  tokensPerLevel: z.int().min(0).default(1).describe('What a score is said to cost.'),
})

/** What the adversary asks: levels as text. */
type Question = { readonly levels: readonly string[] }
type Cell = readonly [row: number, column: number]

const AGENT = '>v<^'

/**
 * Says of mazes how long their shortest way is; 0 where there is none. `{ levels: [text] }` → `{ scores: [number] }`, in the same order.
 * It remembers nothing, so it is deterministic and without state: when it is lost, another one is asked.
 */
export const scorer = ({ tokensPerLevel }: z.output<typeof options>): Service => ({
  async ask({ key, payload }) {
    const { levels } = payload as Question
    if (!Array.isArray(levels))
      throw new AgonError('scorer/levels', `no levels in the question '${key}'`, {
        remedy: 'ask { levels: [text, …] }',
      })
    const scores = levels.map(steps)
    return { payload: { scores }, cost: { tokens: tokensPerLevel * scores.length } }
  },
  close: async () => {},
})

export const service = defineService({
  id: 'shortest-way',
  options,
  traits: () => ({ deterministic: true, stateful: false }),
  create: async (given) => scorer(given),
})

/** Moves of the shortest way from the agent to the goal, wall by wall. */
function steps(level: string): number {
  const rows = level.split('\n').filter((row) => row !== '' && !row.includes(':'))
  const at = ([row, column]: Cell): string => rows[row]?.[column] ?? '#'
  const start = rows
    .flatMap((row, r) => [...row].map((_, c): Cell => [r, c]))
    .find((cell) => AGENT.includes(at(cell)))
  if (start === undefined) return 0
  const seen = new Set([String(start)])
  for (let far = 0, edge: readonly Cell[] = [start]; edge.length > 0; far++) {
    if (edge.some((cell) => at(cell) === 'G')) return far
    edge = edge
      .flatMap(([r, c]): Cell[] => [
        [r - 1, c],
        [r + 1, c],
        [r, c - 1],
        [r, c + 1],
      ])
      .filter((cell) => at(cell) !== '#' && !seen.has(String(cell)) && seen.add(String(cell)))
  }
  return 0
}

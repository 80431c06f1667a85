import type { Environment, Suite, SuiteEntry } from '../contract.ts'
import type { MazeLevel } from '../maze/index.ts'
import { unknownSuite } from '../unknown-suite.ts'
import type { Mark, MarkedMaze } from './marked-maze.ts'

/** Entries of a drawn suite; every episode draws anew. */
const DRAWN = 20
/** Draws until a maze has a way to its goal. */
const MOST_DRAWS = 1000

/** Suites of a mix: its own, `<id>/mazes` and `<id>/<what is marked>`, and those of the maze, unmarked. */
export function mixSuites(
  id: string,
  marked: { readonly suite: string; readonly entry: string; readonly about: string },
  mazes: Environment<MazeLevel>,
  mark: Mark,
): Pick<Environment<MarkedMaze>, 'suites' | 'suite'> {
  const drawn = (name: string, level: SuiteEntry<MarkedMaze>['level']) =>
    Array.from({ length: DRAWN }, (_, i) => ({ name: `${name}-${i + 1}`, level }))
  const own: Readonly<Record<string, Omit<Suite<MarkedMaze>, 'id'>>> = {
    [`${id}/mazes`]: {
      about: 'Mazes of the generator whose goal can be reached, unmarked.',
      entries: drawn('Maze', (stream) => {
        for (let i = 0; i < MOST_DRAWS; i++) {
          const maze = mazes.levels.sample(stream)
          if (mazes.levels.features(maze).passable === 1) return { marked: false, maze }
        }
        return { marked: false, maze: mazes.levels.sample(stream) }
      }),
    },
    [`${id}/${marked.suite}`]: {
      about: marked.about,
      entries: drawn(marked.entry, (stream) => ({ marked: true, maze: mark.sample(stream) })),
    },
  }
  const suites = [...Object.keys(own), ...mazes.suites]
  return {
    suites,
    suite(asked) {
      if (Object.hasOwn(own, asked)) return { id: asked, ...own[asked] }
      if (!mazes.suites.includes(asked)) throw unknownSuite(asked, suites)
      const { about, entries } = mazes.suite(asked)
      const plain = entries.map(({ name, level }) => ({
        name,
        level: (...of: Parameters<typeof level>) => ({ marked: false, maze: level(...of) }),
      }))
      return { id: asked, about, entries: plain }
    },
  }
}

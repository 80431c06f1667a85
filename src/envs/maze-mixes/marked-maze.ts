import { AgonError } from '../../core/errors.ts'
import type { RandomStream } from '../../core/random.ts'
import type { LevelFeatures, LevelSpace, Mutation } from '../contract.ts'
import type { MazeLevel } from '../maze/index.ts'

/** A maze, or one under the mark of its mix: a T-maze, a blindfolded maze. */
export interface MarkedMaze {
  readonly marked: boolean
  readonly maze: MazeLevel
}

/** What a mark makes of a maze. */
export interface Mark {
  /** In texts, features and names: `t_maze`. */
  readonly name: string
  /** Share of the levels that have it. */
  readonly share: number
  sample(stream: RandomStream): MazeLevel
  mutate(maze: MazeLevel, stream: RandomStream): Mutation<MazeLevel>
  /** Beside what makes a maze unfit: why the mark cannot stand on it, or null. */
  fault(maze: MazeLevel): string | null
  features(maze: MazeLevel, plain: LevelFeatures): LevelFeatures
  draw(maze: MazeLevel): string
}

/** Mazes with and without the mark. The canonical bytes are those of the maze behind a byte that is 1 under the mark, else 0. */
export function markedSpace(mazes: LevelSpace<MazeLevel>, mark: Mark): LevelSpace<MarkedMaze> {
  const line = `${mark.name.replaceAll('_', '-')}\n`
  const validate = ({ marked, maze }: MarkedMaze): string | null =>
    mazes.validate(maze) ?? (marked ? mark.fault(maze) : null)
  return {
    sample(stream) {
      const marked = stream.uniform() < mark.share
      return { marked, maze: marked ? mark.sample(stream) : mazes.sample(stream) }
    },
    mutate({ marked, maze }, stream) {
      const { level, operator } = marked ? mark.mutate(maze, stream) : mazes.mutate(maze, stream)
      return { level: { marked, maze: level }, operator }
    },
    key: ({ marked, maze }) => (marked ? '1' : '0') + mazes.key(maze),
    encode: ({ marked, maze }) => Uint8Array.of(marked ? 1 : 0, ...mazes.encode(maze)),
    decode(bytes) {
      if (bytes.length === 0 || bytes[0] > 1)
        throw new AgonError('level/corrupt', `the bytes do not say whether they are a ${mark.name}`)
      return { marked: bytes[0] === 1, maze: mazes.decode(bytes.subarray(1)) }
    },
    format: ({ marked, maze }) => (marked ? line : '') + mazes.format(maze),
    parse(text) {
      const body = text.trimStart()
      const marked = body.startsWith(line)
      const level = { marked, maze: mazes.parse(marked ? body.slice(line.length) : body) }
      const reason = validate(level)
      if (reason === null) return level
      throw new AgonError('level/invalid', reason, { place: mark.name })
    },
    validate,
    features({ marked, maze }) {
      const plain = mazes.features(maze)
      return { ...(marked ? mark.features(maze, plain) : plain), [mark.name]: marked ? 1 : 0 }
    },
    draw: ({ marked, maze }) => (marked ? mark.draw(maze) : (mazes.draw?.(maze) ?? '')),
  }
}

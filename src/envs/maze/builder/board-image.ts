import { AGENT_OBJECT, COLOUR_OF, FREE, GREEN_GOAL, OBJECT_OF, WALL } from '../cell-code.ts'
import type { ImageLayout } from '../profiles.ts'
import type { Board, BoardSize } from './board-game.ts'

export interface BoardView extends BoardSize {
  readonly ring: boolean
  readonly layout: ImageLayout
}

/** Shape of the builder's image: the board with its ring where the game shows it, axes as of the profile's other images. */
export function boardShape({ height, width, ring, layout }: BoardView): readonly number[] {
  const [rows, columns] = [height, width].map((side) => side + (ring ? 2 : 0))
  if (layout === 'row-first') return [rows, columns, 3]
  return layout === 'column-first' ? [columns, rows, 3] : [3, columns, rows]
}

/** Writes the image of a board at `at`, raw codes. Objects not yet placed are absent; the direction shows once the agent stands. */
export function writeBoard(view: BoardView, board: Board, image: Uint8Array, at: number): void {
  const { height, width, ring, layout } = view
  const edge = ring ? 1 : 0
  const [rows, columns] = [height + 2 * edge, width + 2 * edge]
  const plane = rows * columns
  const { walls, goal, agent, direction } = board
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const [row, column] = [r - edge, c - edge]
      const outside = row < 0 || column < 0 || row === height || column === width
      const cell = row * width + column
      const code = outside || walls[cell] === 1 ? WALL : cell === goal ? GREEN_GOAL : FREE
      const here = !outside && cell === agent
      const place = layout === 'row-first' ? r * columns + c : c * rows + r
      const [first, next] = layout === 'channel-first' ? [at + place, plane] : [at + 3 * place, 1]
      image[first] = here ? AGENT_OBJECT : OBJECT_OF[code]
      image[first + next] = here ? COLOUR_OF[FREE] : COLOUR_OF[code]
      image[first + 2 * next] = here ? direction : 0
    }
}

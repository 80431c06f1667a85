import { AGENT_OBJECT, COLOUR_OF, FREE, GREEN_GOAL, OBJECT_OF, WALL } from '../cell-code.ts'
import { type BuilderRules, type BuilderState, builtSoFar } from './builder.ts'

/**
 * The teacher's image: the whole map with its wall ring, uint8 `[h + 2, w + 2, 3]`, raw codes as the student's. Objects
 * not yet placed are absent; the direction shows once the agent stands. (The teacher also sees `time`, and 50 uniforms
 * that are drawn anew at every step.)
 */
export function builderImage(rules: BuilderRules, state: BuilderState): Uint8Array {
  const { height, width } = rules
  const { walls, goal, agent, direction } = builtSoFar(rules, state)
  const image = new Uint8Array((height + 2) * (width + 2) * 3)
  for (let row = -1; row <= height; row++) {
    for (let column = -1; column <= width; column++) {
      const outside = row < 0 || column < 0 || row === height || column === width
      const cell = row * width + column
      const code = outside || walls[cell] === 1 ? WALL : cell === goal ? GREEN_GOAL : FREE
      const at = ((row + 1) * (width + 2) + column + 1) * 3
      image[at] = OBJECT_OF[code]
      image[at + 1] = COLOUR_OF[code]
      if (outside || cell !== agent) continue
      image[at] = AGENT_OBJECT
      image[at + 2] = direction
    }
  }
  return image
}

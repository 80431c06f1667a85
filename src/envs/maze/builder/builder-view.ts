import { writeBoard } from './board-image.ts'
import { type BuilderRules, type BuilderState, builtSoFar } from './builder.ts'

/**
 * The teacher's image: the whole map with its wall ring, uint8 `[h + 2, w + 2, 3]`, raw codes as the student's. Objects
 * not yet placed are absent; the direction shows once the agent stands. (The teacher also sees `time`, and 50 uniforms
 * that are drawn anew at every step.)
 */
export function builderImage(rules: BuilderRules, state: BuilderState): Uint8Array {
  const { height, width } = rules
  const image = new Uint8Array((height + 2) * (width + 2) * 3)
  const view = { height, width, ring: true, layout: 'row-first' } as const
  writeBoard(view, builtSoFar(rules, state), image, 0)
  return image
}

import type { RandomStream } from '../../core/random.ts'
import type { Direction, MazeLevel } from './level.ts'

/**
 * Any well-formed level from 2 × 2 to 17 × 17, of any wall density, with or without a step limit, occlusion and memory
 * cells: what property tests feed to code that takes levels. Not a training distribution.
 */
export function drawAnyLevel(random: RandomStream): MazeLevel {
  const height = 2 + random.integer(16)
  const width = 2 + random.integer(16)
  const cells = random.shuffle(Array.from({ length: height * width }, (_, i) => i))
  const [agent, goal, distractor, cue] = cells
  const density = random.uniform()
  const walls = Uint8Array.from(cells, () => (random.uniform() < density ? 1 : 0))
  for (const cell of [agent, goal, distractor, cue]) walls[cell] = 0
  return {
    height,
    width,
    walls,
    agent,
    direction: random.integer(4) as Direction,
    goal,
    ...(random.integer(2) === 0 ? {} : { maxSteps: 1 + random.integer(1000) }),
    ...(random.integer(2) === 0 ? {} : { occlusion: true }),
    ...(random.integer(2) === 0 ? {} : { memory: { distractor, cue } }),
  }
}

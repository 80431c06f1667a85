import { describe, expect, it } from 'vitest'
import { probeOf } from '../probe-of.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import type { MarkedMaze } from './marked-maze.ts'
import { createTMaze, environment } from './tmaze.ts'

const tMazes = createTMaze(
  environment.options.parse({ maze: { height: 5, width: 9, nWalls: 0, view: 3 } }) as never,
)
const level = (text: string): MarkedMaze => tMazes.levels.parse(text)
const LEFT_GOAL = level('t-maze\n#########\n#########\n###G^.###\n#########\n#########\n')
const RIGHT_GOAL = level('t-maze\n########.\n########.\n###.^G###\n.########\n.########\n')
/** Walls around as in a T-maze, but one cell is open above the left one. */
const MAZE = level('#########\n####G####\n###..####\n###.^.###\n#########\n')

const [LEFT, RIGHT, FORWARD] = [0, 1, 2]

/** By step: 1 where it may train, and the reward, under a probe over `frozen`. */
function under(played: MarkedMaze, frozen: readonly MarkedMaze[], actions: readonly number[]) {
  const env = tMazes.vector({ slots: 1, autoReset: 'same-level' })
  const out = allocateStepBuffers(tMazes.spec, 1)
  env.reset([0], [played], out.observations)
  const encoded = frozen.map((one) => tMazes.levels.encode(one))
  const prober = probeOf(tMazes, 'overlap', encoded)(1)
  prober.begin(out.observations)
  const train = new Uint8Array(1)
  return actions.map((action) => {
    prober.mask(train)
    env.step(Int32Array.of(action), out)
    prober.step(Int32Array.of(action), out)
    return [train[0], out.rewards[0]]
  })
}

describe('the overlap of T-mazes, by hand', () => {
  it('masks every step of every T-maze once one is frozen, whichever side its goal is on', () => {
    // Right and wrong side alike: the student cannot tell which board it is on.
    expect(under(RIGHT_GOAL, [LEFT_GOAL], [LEFT, FORWARD, RIGHT, RIGHT, LEFT, FORWARD])).toEqual([
      [0, 0],
      [0, -1],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 1],
    ])
  })

  it('lets a maze train from the step on that sees what no T-maze shows', () => {
    // Facing up, the maze shows its open cell at once; nothing of it was ever a T-maze.
    expect(under(MAZE, [LEFT_GOAL, RIGHT_GOAL], [LEFT, FORWARD]).map(([train]) => train)).toEqual([
      1, 1,
    ])
  })

  it('masks a maze while it looks like a T-maze, and each of its episodes anew', () => {
    // Behind the right cell the corridor goes on: to be seen only by who turns there.
    const corridor = level('#########\n#########\n##..^..G#\n#########\n#########\n')
    const seen = under(corridor, [LEFT_GOAL], [LEFT, RIGHT, RIGHT, FORWARD, FORWARD])
    expect(seen.map(([train]) => train)).toEqual([0, 1, 1, 1, 1])
    const again = under(corridor, [LEFT_GOAL], [RIGHT, FORWARD, FORWARD, FORWARD, RIGHT])
    expect(again.map(([train]) => train)).toEqual([0, 1, 1, 1, 0])
    expect(again[3][1]).toBeGreaterThan(0)
  })
})

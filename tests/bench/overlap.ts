import { stream } from '../../src/core/random.ts'
import type { SteppableEnvironment } from '../../src/envs/contract.ts'
import { createMaze, mazeOptions } from '../../src/envs/maze/index.ts'
import {
  type BlindfoldOptions,
  environment as blindfold,
  createBlindfold,
} from '../../src/envs/maze-mixes/blindfold.ts'
import {
  createTMaze,
  type TMazeOptions,
  environment as tmaze,
} from '../../src/envs/maze-mixes/tmaze.ts'
import { overlapProbe } from '../../src/envs/overlap-probe.ts'
import { allocateStepBuffers } from '../../src/envs/step-buffers.ts'
import type { BenchRow } from './row.ts'

const LANES = 32
const STEPS = 256
const ROUNDS = 3
/** Levels of the three frozen buffers before ReMiDi's fourth. */
const FROZEN = 3 * 256
/** Of a cycle, at most. */
const LIMIT = 0.15

/**
 * Seconds that the overlap probe takes of one thread in a roll-out of 32 lanes × 256 random steps, by the fastest of three.
 * @param marked which levels are frozen: those of a kind, as of what keeps its regret
 */
function overlapSeconds<L>(
  environment: SteppableEnvironment<L>,
  frozen: number,
  marked: (level: L) => boolean,
): number {
  const { levels, spec } = environment
  const draw = stream(1, 'bench', 'overlap')
  const set: L[] = []
  while (set.length < frozen) {
    const level = levels.sample(draw)
    if (marked(level)) set.push(level)
  }
  const played = Array.from({ length: LANES }, () => levels.sample(draw))
  const make = overlapProbe(environment, set, 'history')
  const rollout = (): number => {
    const env = environment.vector({ slots: LANES, autoReset: 'same-level' })
    const out = allocateStepBuffers(spec, LANES)
    env.reset(
      played.map((_, lane) => lane),
      played,
      out.observations,
    )
    const actions = new Int32Array(LANES)
    const train = new Uint8Array(LANES)
    let before = performance.now()
    const prober = make(LANES)
    prober.begin(out.observations)
    let spent = performance.now() - before
    for (let t = 0; t < STEPS; t++) {
      // Of a maze: turn left, turn right, go.
      for (let lane = 0; lane < LANES; lane++) actions[lane] = draw.integer(3)
      env.step(actions, out)
      before = performance.now()
      prober.mask(train)
      prober.step(actions, out)
      spent += performance.now() - before
    }
    prober.close?.()
    return spent / 1000
  }
  return Math.min(...Array.from({ length: ROUNDS }, rollout))
}

/**
 * What ReMiDi's probe adds to a cycle of one worker, while the fourth buffer of 256 levels is open.
 * @param cycle seconds of one without it
 */
export function overlapRows(cycle: number): BenchRow[] {
  const mazes = { maze: { profile: 'jaxued' } }
  const mixes = [
    ['T-mazes', createTMaze(tmaze.options.parse(mazes) as TMazeOptions)],
    ['blindfolds', createBlindfold(blindfold.options.parse(mazes) as BlindfoldOptions)],
  ] as const
  const share = (frozen: string, seconds: number): BenchRow => ({
    name: `ReMiDi, overlap with ${FROZEN} frozen ${frozen}, share of a cycle`,
    unit: '',
    value: seconds / cycle,
    limit: LIMIT,
  })
  const plain = createMaze(mazeOptions.parse(mazes.maze))
  return [
    share(
      'mazes',
      overlapSeconds(plain, FROZEN, () => true),
    ),
    ...mixes.map(([name, mix]) =>
      share(
        name,
        overlapSeconds(mix, FROZEN, ({ marked }) => marked),
      ),
    ),
  ]
}

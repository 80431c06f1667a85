import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { elementCount } from '../../core/tensor.ts'
import { createMaze } from './environment.ts'
import { drawAnyLevel } from './fixtures/any-level.ts'
import { filledBuffers } from './fixtures/filled-buffers.ts'
import { generateLevel } from './generate/generate.ts'
import type { MazeLevel } from './level.ts'
import { type MazeOptions, mazeOptions } from './options.ts'

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

/** One episode as the rules read, cell by cell: the yardstick for the vector environment. */
class ScalarMaze {
  x = 0
  y = 0
  dir = 0
  time = 0
  readonly level: MazeLevel
  readonly options: MazeOptions

  constructor(level: MazeLevel, options: MazeOptions) {
    this.level = level
    this.options = options
    this.reset()
  }

  reset(): void {
    this.x = this.level.agent % this.level.width
    this.y = Math.floor(this.level.agent / this.level.width)
    this.dir = this.level.direction
    this.time = 0
  }

  vec(dir: number): readonly [number, number] {
    return (
      [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ] as const
    )[dir % 4]
  }

  step(action: number): { reward: number; done: boolean } {
    const { width, height, walls, goal, memory } = this.level
    const limit = this.level.maxSteps ?? this.options.maxSteps
    let [fx, fy] = [this.x, this.y]
    if (action === 2) {
      const [dx, dy] = this.vec(this.dir)
      fx = Math.min(Math.max(fx + dx, 0), width - 1)
      fy = Math.min(Math.max(fy + dy, 0), height - 1)
    }
    if (action === 0) this.dir = (this.dir + 3) % 4
    if (action === 1) this.dir = (this.dir + 1) % 4
    const ahead = fy * width + fx
    const hit = ahead === goal
    const lost = ahead === memory?.distractor
    if (!hit && !lost && walls[ahead] === 0 && ahead !== memory?.cue) [this.x, this.y] = [fx, fy]
    this.time++
    const reward = !hit ? 0 : this.options.timePenalty ? 1 - (0.9 * this.time) / limit : 1
    return { reward, done: hit || lost || this.time >= limit }
  }

  cell(x: number, y: number): [number, number, number] {
    const { width, height, walls, goal, memory } = this.level
    if (x < 0 || y < 0 || x >= width || y >= height) return [2, 5, 0]
    const cell = y * width + x
    if (walls[cell] === 1) return [2, 5, 0]
    const goalColour = memory !== undefined && goal < memory.distractor ? 0 : 1
    if (cell === goal || cell === memory?.cue) return [8, goalColour, 0]
    if (cell === memory?.distractor) return [8, 1 - goalColour, 0]
    return [1, 0, 0]
  }

  /** `[row][column][k]`. */
  image(): number[][][] {
    const V = this.options.view
    const [fx, fy] = this.vec(this.dir)
    const [rx, ry] = this.vec(this.dir + 1)
    const half = Math.floor(V / 2)
    let image = range(V).map((r) =>
      range(V).map((c): number[] => {
        const [ahead, side] = [V - 1 - r, c - half]
        return this.cell(this.x + ahead * fx + side * rx, this.y + ahead * fy + side * ry)
      }),
    )
    if (this.level.occlusion === true) image = processVisibility(image)
    if (this.options.seeAgent) image[V - 1][half] = [10, 0, this.dir]
    return image
  }

  flat(): number[] {
    const image = this.image()
    const V = range(this.options.view)
    if (this.options.profile === 'minimax') return image.flat(2)
    if (this.options.profile === 'jaxued') return V.flatMap((c) => V.flatMap((r) => image[r][c]))
    return [0, 1, 2].flatMap((k) => V.flatMap((c) => V.map((r) => image[r][c][k])))
  }
}

/** MiniGrid's process_vis, in its own words: mask[i][j], i column, j row. */
function processVisibility(image: number[][][]): number[][][] {
  const size = image.length
  const mask = range(size).map(() => new Array<boolean>(size).fill(false))
  mask[Math.floor(size / 2)][size - 1] = true
  const opaque = (i: number, j: number): boolean => image[j][i][0] === 2
  for (let j = size - 1; j >= 0; j--) {
    for (let i = 0; i < size - 1; i++) {
      if (!mask[i][j] || opaque(i, j)) continue
      mask[i + 1][j] = true
      if (j > 0) {
        mask[i + 1][j - 1] = true
        mask[i][j - 1] = true
      }
    }
    for (let i = size - 1; i >= 1; i--) {
      if (!mask[i][j] || opaque(i, j)) continue
      mask[i - 1][j] = true
      if (j > 0) {
        mask[i - 1][j - 1] = true
        mask[i][j - 1] = true
      }
    }
  }
  return image.map((row, j) => row.map((cell, i) => (mask[i][j] ? cell : [0, 0, 0])))
}

/** Plays `steps` random steps in both; true only if every observation, reward and flag agrees. */
function playBoth(given: object, levelOf: (lane: number, options: MazeOptions) => MazeLevel): void {
  const options = mazeOptions.parse(given)
  const maze = createMaze(options)
  const lanes = 8
  const env = maze.vector({ slots: lanes, autoReset: 'same-level' })
  const out = filledBuffers(maze, lanes)
  const levels = range(lanes).map((lane) => levelOf(lane, options))
  const mirror = levels.map((level) => new ScalarMaze(level, options))
  env.reset(range(lanes), levels, out.observations)
  const random = stream(9, 'actions')
  const size = elementCount(maze.spec.observations.image.shape)
  const image = out.observations.image as Uint8Array
  const compare = (step: number): void => {
    const expected = mirror.flatMap((scalar) => scalar.flat())
    if (Buffer.compare(image, Uint8Array.from(expected)) !== 0) {
      const lane = mirror.findIndex(
        (scalar, i) => scalar.flat().join() !== image.subarray(i * size, (i + 1) * size).join(),
      )
      expect([...image.subarray(lane * size, (lane + 1) * size)], `step ${step}`).toEqual(
        mirror[lane].flat(),
      )
    }
    expect([...out.observations.direction], `step ${step}`).toEqual(mirror.map(({ dir }) => dir))
    if (options.observePosition)
      expect([...out.observations.position]).toEqual(mirror.flatMap(({ x, y }) => [x, y]))
  }
  compare(0)
  const actions = new Int32Array(lanes)
  for (let step = 1; step <= 80; step++) {
    // Forward half of the time, so that walks cover ground.
    for (let lane = 0; lane < lanes; lane++)
      actions[lane] = random.integer(2) === 0 ? 2 : random.integer(7)
    env.step(actions, out)
    const results = mirror.map((scalar, lane) => scalar.step(actions[lane]))
    expect(out.rewards).toEqual(Float32Array.from(results, ({ reward }) => reward))
    expect(out.terminated).toEqual(Uint8Array.from(results, ({ done }) => (done ? 1 : 0)))
    expect(out.truncated).toEqual(new Uint8Array(lanes))
    for (const [lane, { done }] of results.entries()) if (done) mirror[lane].reset()
    compare(step)
  }
}

describe('the vector environment equals the rules, cell by cell', () => {
  const drawn = (lane: number, options: MazeOptions): MazeLevel =>
    generateLevel(options, stream(lane, 'level'))
  const any = (lane: number): MazeLevel => drawAnyLevel(stream(lane, 'any'))

  it.each(['minimax', 'jaxued', 'dcd'])('%s on its own levels', (profile) => {
    playBoth({ profile, maxSteps: 60 }, drawn)
  })
  it.each(['minimax', 'jaxued', 'dcd'])(
    '%s on any level: sizes, limits, occlusion, memory cells',
    (profile) => {
      playBoth({ profile, seeAgent: true, observePosition: true, maxSteps: 40 }, any)
      playBoth({ profile, view: 7, timePenalty: false, height: 3, width: 3, nWalls: 2 }, any)
    },
  )
  it('with the smallest and a large view', () => {
    playBoth({ view: 3, maxSteps: 50 }, drawn)
    playBoth({ view: 11, maxSteps: 50 }, drawn)
  })
})

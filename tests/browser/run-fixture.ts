import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RandomStream, stream } from 'agon/core'
import { createMaze, type MazeLevel, mazeOptions } from 'agon/envs/maze'

export const CYCLES = 150
export const EVALUATE_EVERY = 10
export const GALLERY_LEVELS = 12
const SUITE = 'maze/minimax-train'
const RANDOM_LEVELS = 30

const maze = createMaze(mazeOptions.parse({ nWalls: 30 }))
const base64 = (level: MazeLevel) => Buffer.from(maze.levels.encode(level)).toString('base64')

/** A finished ACCEL run as it stands on disk, with curves and evaluations made up and levels that are real. */
export function writeRunFixture(dir: string): void {
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    join(dir, 'config.yaml'),
    `name: maze-accel\nseed: 3\n${readFileSync('recipes/maze-accel.yaml', 'utf8')}`,
  )
  const write = (name: string, content: unknown) =>
    writeFileSync(join(dir, name), `${JSON.stringify(content)}\n`)
  write('manifest.json', manifest())
  write('gallery.json', gallery(stream(1, 'gallery')))
  write('evaluation.json', { slots: { agent: evaluations() } })
  const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  writeFileSync(join(dir, 'metrics.jsonl'), lines(metrics(stream(1, 'metrics'))))
  writeFileSync(join(dir, 'timings.jsonl'), lines(timings()))
}

function manifest(): unknown {
  return {
    format: 1,
    agon: '0.1.0',
    run: 'maze-accel-fixture',
    name: 'maze-accel',
    created: '2025-11-23T13:30:00.000Z',
    platform: {
      node: '20.20.0',
      onnxruntime: '1.30.0',
      provider: 'cpu',
      arch: 'x64',
      os: 'linux',
      instructions: 'avx2 avx512f fma',
    },
    configSha256: 'c0ffee'.repeat(10),
    status: 'finished',
    spent: { cycles: CYCLES, gradientUpdates: 90, envSteps: CYCLES * 8192 },
    epochs: [
      { epoch: 1, from: 0, at: '2025-11-23T13:30:00.000Z', cause: 'start' },
      { epoch: 2, from: 100, at: '2025-11-23T13:50:00.000Z', cause: 'resume' },
    ],
  }
}

function metrics(random: RandomStream): unknown[] {
  return Array.from({ length: CYCLES }, (_, index) => {
    const cycle = index + 1
    const skill = 1 - Math.exp(-cycle / 50)
    const noise = (size: number) => size * random.normal()
    const evaluated = cycle % EVALUATE_EVERY === 0
    return {
      cycle,
      gradient_updates: Math.floor(cycle * 0.6),
      env_steps: cycle * 8192,
      'adversary/buffer_fill': Math.min(1, cycle / 80),
      'adversary/score_max': 0.6 + noise(0.02),
      'adversary/score_mean': 0.3 * skill + noise(0.01),
      'agent/approx_kl': 0.004 + Math.abs(noise(0.002)),
      'agent/entropy': 1.9 - 1.2 * skill + noise(0.03),
      'agent/grad_norm': 0.4 + Math.abs(noise(0.1)),
      'agent/policy_loss': -0.01 + noise(0.004),
      'agent/return_mean': 0.75 * skill + noise(0.04),
      'agent/solve_rate': Math.min(1, Math.max(0, 0.85 * skill + noise(0.04))),
      'agent/total_loss': 0.02 + noise(0.005),
      'agent/value_loss': 0.05 * (1 - skill) + Math.abs(noise(0.004)),
      ...(evaluated
        ? {
            [`evaluation/${SUITE}/SixteenRooms/solved_rate`]: skill,
            [`evaluation/${SUITE}/solved_rate`]: 0.8 * skill,
          }
        : {}),
    }
  })
}

function timings(): unknown[] {
  return Array.from({ length: CYCLES }, (_, index) => ({
    cycle: index + 1,
    epoch: index < 100 ? 1 : 2,
    cycle_ms: 2900 + 200 * Math.sin(index),
    wall_ms: 3000 * index,
  }))
}

/** Four levels of each kind; the most edited ones have lineages of five to eight levels. */
function gallery(random: RandomStream): unknown {
  let serial = 0
  const kinds = [
    ['high-score', 3],
    ['low-score', 0],
    ['most-edited', 7],
  ] as const
  const levels = kinds.flatMap(([reason, generations]) =>
    Array.from({ length: GALLERY_LEVELS / kinds.length }, (_, index) => {
      const generation = Math.max(0, generations - index)
      let level = maze.levels.sample(random)
      let ancestry = [{ id: `L${serial++}`, operator: 'generate', level: base64(level) }]
      for (let edit = 0; edit < generation; edit++) {
        const child = maze.levels.mutate(level, random)
        level = child.level
        ancestry = [
          { id: `L${serial++}`, operator: child.operator, level: base64(level) },
          ...ancestry,
        ]
      }
      const score = reason === 'low-score' ? 0.001 * index : 0.8 - 0.1 * index
      return { reason, id: ancestry[0].id, level: base64(level), score, generation, ancestry }
    }),
  )
  return { cycle: CYCLES, levels }
}

function evaluations(): unknown {
  return { baseline: evaluation(0.1, wander), final: evaluation(0.8, shortestActions) }
}

function evaluation(
  skill: number,
  play: (level: MazeLevel, random: RandomStream) => number[],
): unknown {
  const random = stream(2, 'evaluation', skill)
  const fixed = maze.suite(SUITE).entries.map(({ name, level }) => ({
    name: `${SUITE}/${name}`,
    level: level(stream(0, name), 0),
  }))
  const sampled = Array.from({ length: RANDOM_LEVELS }, (_, index) => ({
    name: `random:${RANDOM_LEVELS}/random-${index}`,
    level: maze.levels.sample(stream(3, index)),
  }))
  const measured = [...fixed, ...sampled].map(({ name }) => {
    const returns = Array.from({ length: 10 }, () => (random.uniform() < skill ? 0.8 : 0))
    const solved = returns.filter((episode) => episode > 0).length / returns.length
    const lengths = returns.map(() => 60)
    const meanReturn = 0.8 * solved
    return { name, episodes: 10, solvedRate: solved, meanReturn, meanLength: 60, returns, lengths }
  })
  const solvedRate =
    measured.reduce((sum, level) => sum + level.solvedRate, 0) / Math.max(1, measured.length)
  return {
    suite: `${SUITE} + random:${RANDOM_LEVELS}`,
    episodes: 10,
    seed: 7,
    solvedRate,
    meanReturn: 0.8 * solvedRate,
    solvedInterval: [solvedRate - 0.06, solvedRate + 0.06],
    policySha256: 'ab'.repeat(32),
    levels: measured,
    recordings: [...fixed, ...sampled].map(({ name, level }) => ({
      name,
      level: base64(level),
      ...played(level, play(level, random)),
    })),
  }
}

/** Plays until the episode ends or the actions do. */
function played(level: MazeLevel, plan: readonly number[]) {
  const vector = maze.vector({ slots: 1, autoReset: 'none' })
  const observations = { image: new Uint8Array(75), direction: new Int32Array(1) }
  const out = {
    observations,
    rewards: new Float32Array(1),
    terminated: new Uint8Array(1),
    truncated: new Uint8Array(1),
  }
  vector.reset([0], [level], observations)
  const actions: number[] = []
  let total = 0
  for (const action of plan) {
    vector.step(Int32Array.of(action), out)
    actions.push(action)
    total += out.rewards[0]
    if (out.terminated[0] === 1) break
  }
  return { actions, return: total, solved: total > maze.solvedAbove }
}

const wander = (_level: MazeLevel, random: RandomStream): number[] =>
  Array.from({ length: 250 }, () => random.integer(3))

/** Breadth-first over (cell, direction) with turn left, turn right, forward; wanders where there is no way. */
function shortestActions(level: MazeLevel, random: RandomStream): number[] {
  const start = level.agent * 4 + level.direction
  const found = new Map<number, number[]>([[start, []]])
  for (const [pose, path] of found) {
    const [cell, direction] = [Math.floor(pose / 4), pose % 4]
    if (cell === level.goal) return path
    const turns = [cell * 4 + ((direction + 3) % 4), cell * 4 + ((direction + 1) % 4)]
    const ahead = cellAhead(level, cell, direction)
    const poses = ahead === null ? turns : [...turns, ahead * 4 + direction]
    poses.forEach((next, action) => {
      if (!found.has(next)) found.set(next, [...path, action])
    })
  }
  return wander(level, random)
}

function cellAhead({ width, height, walls }: MazeLevel, cell: number, direction: number) {
  const column = (cell % width) + [1, 0, -1, 0][direction]
  const row = Math.floor(cell / width) + [0, 1, 0, -1][direction]
  if (column < 0 || row < 0 || column >= width || row >= height) return null
  return walls[row * width + column] === 0 ? row * width + column : null
}

import type { SteppableEnvironment, VectorEnv } from '../../../envs/contract.ts'
import type { GalleryFile, RunManifest, StoredEvaluation } from '../../../run/contract.ts'
import type { ReportData } from '../report-data.ts'

// A one-dimensional walk and the files of a run in it, for the tests of this folder.

/** A level is the cell of the goal; an episode starts at 0, action 1 steps right, and reaching the goal pays 1. */
export function walk(options: { readonly draws?: boolean } = {}): SteppableEnvironment<number> {
  const picture = (cell: number, goal: number) =>
    `<svg viewBox="0 0 99 9"><rect x="${goal}"/><circle cx="${cell}"/></svg>`
  const { draws = true } = options
  return {
    spec: {
      id: 'walk',
      profile: 'plain',
      observations: { cell: { dtype: 'int32', shape: [] } },
      actions: { kind: 'discrete', count: 2, names: ['stay', 'right'] },
      agents: 1,
      seats: { agent: [0] },
    },
    levels: {
      sample: () => 3,
      mutate: (goal) => ({ level: goal + 1, operator: 'edit' }),
      key: String,
      encode: (goal) => Uint8Array.of(goal),
      decode(bytes) {
        if (bytes.length !== 1) throw new Error('a level is one byte')
        return bytes[0]
      },
      format: String,
      parse: Number,
      validate: () => null,
      features: (goal) => ({ distance: goal }),
      ...(draws ? { draw: (goal: number) => picture(0, goal) } : {}),
    },
    vector: () => walkVector(),
    suites: [],
    suite() {
      throw new Error('the walk has no suites')
    },
    solvedAbove: 0,
    ...(draws ? { drawState: ([cell, goal]: Uint8Array) => picture(cell, goal) } : {}),
  }
}

function walkVector(): VectorEnv<number> {
  let cell = 0
  let goal = 0
  return {
    slots: 1,
    reset(_slots, levels) {
      cell = 0
      goal = levels[0]
    },
    step(actions, out) {
      const moved = actions[0] === 1 && cell < goal
      cell += Number(moved)
      out.rewards[0] = moved && cell === goal ? 1 : 0
      out.terminated[0] = Number(cell === goal)
    },
    maxSteps: () => 99,
    save: () => Uint8Array.of(cell, goal),
    load(_slot, [from, to]) {
      cell = from
      goal = to
    },
  }
}

export const base64 = (...bytes: number[]): string => Buffer.from(bytes).toString('base64')

export function fakeEvaluation(
  suite: string,
  rates: Readonly<Record<string, number>>,
): StoredEvaluation {
  return {
    suite,
    episodes: 10,
    seed: 5,
    solvedRate: 0.5,
    meanReturn: 0.25,
    solvedInterval: [0.25, 0.75],
    policySha256: 'ab',
    levels: Object.entries(rates).map(([name, solvedRate]) => ({
      name,
      episodes: 10,
      solvedRate,
      meanReturn: solvedRate / 2,
      meanLength: 12.5,
      returns: [],
      lengths: [],
    })),
    recordings: [],
  }
}

export const fakeManifest: RunManifest = {
  format: 1,
  agon: '0.1.0',
  run: 'walk-1',
  name: 'walk',
  created: '2025-11-23T13:30:00.000Z',
  platform: {
    node: '20.20.2',
    onnxruntime: '1.29.0',
    provider: 'cpu',
    arch: 'x64',
    os: 'linux',
    instructions: 'avx2 fma',
  },
  configSha256: 'cd',
  status: 'finished',
  spent: { cycles: 2, gradientUpdates: 2, envSteps: 64 },
  epochs: [{ epoch: 1, from: 0, at: '2025-11-23T13:30:00.000Z', cause: 'start' }],
}

export const fakeGallery: GalleryFile = {
  cycle: 2,
  levels: [
    {
      reason: 'most-edited',
      id: 'L2',
      level: base64(5),
      score: 0.5,
      generation: 1,
      ancestry: [
        { id: 'L2', operator: 'edit' },
        { id: 'L1', operator: 'generate', level: base64(4) },
      ],
    },
  ],
}

export const emptyRun: ReportData = {
  run: 'walk-1',
  manifest: null,
  config: null,
  configText: null,
  metrics: [],
  timings: [],
  gallery: null,
  evaluation: null,
  levels: {},
  replays: [],
  notes: [],
}

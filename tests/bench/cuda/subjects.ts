import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { slotId, stream, type Tensor, tensor } from 'agon/core'
import { environment } from 'agon/envs/maze'
import { type PolicyFile, readPolicyFile, zeroState } from 'agon/inference'
import { ppo } from 'agon/learners'
import { importReleased } from '../../../src/cli/commands/import/import-released.ts'
import { agonData, goldenBlocks } from '../../support/agon-data.ts'

/** A policy that is compared on both devices, and batches for it. */
export interface Subject {
  readonly name: string
  readonly file: PolicyFile
  batch(rows: number): Batch
}

export interface Batch {
  readonly rows: number
  readonly observations: Readonly<Record<string, Tensor>>
  readonly state: Readonly<Record<string, Tensor>>
  readonly mask?: Tensor<'float32'>
  readonly noise: Tensor<'float32'>
}

/** The released TiZero actor where `AGON_DATA` has it, the default student and the one of the demo, both untrained. */
export async function subjects(): Promise<readonly Subject[]> {
  const folder = agonData('tizero')
  return [
    ...(folder === undefined ? [] : [await tizero(folder)]),
    await student('default student', {}),
    await student('student of the demo', { network: { hidden: 64 } }),
  ]
}

async function student(name: string, options: object): Promise<Subject> {
  const maze = environment.options.parse({})
  const made = await ppo.create(ppo.options.parse(options), {
    slot: slotId('agent'),
    seed: 1,
    environment: { module: import.meta.resolve('agon/envs/maze'), options: maze },
    spec: environment.create(maze).spec,
    workers: 1,
    training: {},
  })
  const file = await made.exportPolicy().finally(() => made.close())
  return { name, file, batch: (rows) => mazeBatch(file, rows) }
}

function mazeBatch({ card }: PolicyFile, rows: number): Batch {
  const random = stream('bench', 'cuda', rows)
  const observations = Object.fromEntries(
    Object.entries(card.observations).map(([name, { dtype, shape }]) => {
      const made = tensor(dtype, [rows, ...shape])
      // The picture has the numbers 0 … 10, the direction 0 … 3.
      const most = name === 'direction' ? 4 : 11
      for (let i = 0; i < made.data.length; i++) made.data[i] = random.integer(most)
      return [name, made]
    }),
  )
  return { rows, observations, ...given({ card } as PolicyFile, rows) }
}

/** State of an episode that is going on, and noise. */
function given({ card }: PolicyFile, rows: number): Pick<Batch, 'state' | 'noise'> {
  const random = stream('bench', 'cuda', 'state', rows)
  const state = zeroState(card, rows)
  for (const name in state) {
    const { data } = state[name]
    for (let i = 0; i < data.length; i++) data[i] = 0.3 * random.normal()
  }
  const noise = tensor('float32', [rows])
  for (let i = 0; i < rows; i++) noise.data[i] = random.uniform()
  return { state, noise }
}

/** Rows of real games, again and again, each time moved a little. */
async function tizero(folder: string): Promise<Subject> {
  const path = join(mkdtempSync(join(tmpdir(), 'agon-bench-')), 'tizero.onnx')
  await importReleased(join(folder, 'tizero.onnx'), undefined, path)
  const file = await readPolicyFile(path)
  const { block } = goldenBlocks(folder)
  const golden = {
    obs: block('samples_obs'),
    mask: block('samples_mask'),
    h: block('samples_h'),
    c: block('samples_c'),
  }
  const rowsOf = (name: keyof typeof golden, rows: number, moved: number): Tensor<'float32'> => {
    const from = golden[name]
    const width = from.length / 200
    const random = stream('bench', 'cuda', name, rows)
    const made = tensor('float32', [rows, width])
    for (let i = 0; i < made.data.length; i++)
      made.data[i] = from[i % from.length] + (moved === 0 ? 0 : moved * random.normal())
    return made
  }
  return {
    name: 'TiZero',
    file,
    batch: (rows) => ({
      rows,
      observations: { obs: rowsOf('obs', rows, 0.01) },
      state: { h: rowsOf('h', rows, 0.01), c: rowsOf('c', rows, 0.01) },
      mask: rowsOf('mask', rows, 0),
      noise: tensor('float32', [rows]),
    }),
  }
}

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Cut } from '../../actors/roles/experiment-contract.ts'
import type { ErrorRecord } from '../../core/errors.ts'
import { slotId } from '../../core/ids.ts'
import { tensor } from '../../core/tensor.ts'
import type { PolicyCard } from '../../inference/contract.ts'
import { openCutStore } from './cut-store.ts'

const card: PolicyCard = {
  format: 1,
  agon: '0.1.0',
  environment: { id: 'maze', profile: 'minimax' },
  observations: { image: { dtype: 'uint8', shape: [5, 5, 3] } },
  actions: { kind: 'discrete', count: 7 },
  state: {},
  decode: 'sample',
  normalisation: {},
  training: { slot: 'agent' },
}

const cutOf = (cycle: number): Cut => ({
  cycle,
  epoch: 0,
  spent: { cycles: cycle, gradientUpdates: cycle, envSteps: 8 * cycle },
  snapshots: {
    'student/agent': {
      kind: 'ppo',
      version: 1,
      state: { updates: cycle },
      tensors: { parameters: tensor('float32', [3], Float32Array.of(cycle, -1, 0.5)) },
    },
    adversary: {
      kind: 'dr',
      version: 1,
      state: null,
      tensors: { parameters: tensor('uint8', [1]) },
    },
  } as Cut['snapshots'],
  policies: { [slotId('agent')]: { onnx: Uint8Array.of(1, 2, cycle), card } } as Cut['policies'],
  gallery: [],
})

const folders: string[] = []
const folder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), 'agon-cuts-')))
  return folders.at(-1) as string
}
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true })
})

describe('cut store', () => {
  it('clears away what a killed process left half-written, whatever its cycle', () => {
    const run = folder()
    const store = openCutStore(run, 2, 'abc')
    store.write(cutOf(3))
    mkdirSync(join(run, 'cuts', '.writing-5'))
    writeFileSync(join(run, 'cuts', '.writing-5', 'state.json'), '{')
    expect(store.newest(() => {})?.cycle).toBe(3)
    store.write(cutOf(6))
    expect(readdirSync(join(run, 'cuts')).sort()).toEqual(['3', '6'])
  })

  it('gives back what was written, and keeps the newest', () => {
    const run = folder()
    const store = openCutStore(run, 2, 'identity')
    for (const cycle of [3, 6, 9, 12]) store.write(cutOf(cycle))
    expect(store.cycles()).toEqual([9, 12])
    expect(store.newest(() => expect.unreachable())).toEqual(cutOf(12))
  })

  it('writes equal cuts as equal bytes', () => {
    const cut = cutOf(5)
    const answeredLater = Object.fromEntries(Object.entries(cut.snapshots).reverse())
    const bytes = [cut, { ...cut, snapshots: answeredLater }].map((one) => {
      const path = openCutStore(folder(), 1, 'identity').write(one)
      return readdirSync(path).map((name) => [name, readFileSync(join(path, name)).toString('hex')])
    })
    expect(bytes[0]).toEqual(bytes[1])
  })

  const names = readdirSync(openCutStore(folder(), 1, 'x').write(cutOf(1)))
  const damages: Record<string, (path: string) => void> = {
    'cut/torn': (path) => truncateSync(path, 5),
    'cut/missing': (path) => rmSync(path),
    'cut/tampered': (path) => {
      const bytes = readFileSync(path)
      bytes[bytes.length >> 1] ^= 1
      writeFileSync(path, bytes)
    },
  }
  it.each(names.flatMap((name) => Object.keys(damages).map((kind) => [name, kind] as const)))(
    'names %s after %s and takes the cut before',
    (name, kind) => {
      const store = openCutStore(folder(), 3, 'identity')
      store.write(cutOf(3))
      const path = store.write(cutOf(6))
      damages[kind](join(path, name))
      const damaged: ErrorRecord[] = []
      expect(store.newest((error) => damaged.push(error))).toEqual(cutOf(3))
      expect(damaged).toHaveLength(1)
      expect(damaged[0].place).toBe(`cuts/6/${name}`)
      expect(damaged[0].code).toMatch(/^cut\/(torn|tampered)$/)
    },
  )

  it("refuses another experiment's cut by name", () => {
    const run = folder()
    openCutStore(run, 2, 'one').write(cutOf(3))
    const damaged: ErrorRecord[] = []
    const store = openCutStore(run, 1, 'other')
    store.write(cutOf(2))
    expect(store.newest((error) => damaged.push(error))).toEqual(cutOf(2))
    expect(damaged.map(({ code }) => code)).toEqual(['cut/foreign'])
  })

  it('never gives up a new cut for a foreign one of a later cycle', () => {
    const run = folder()
    openCutStore(run, 2, 'one').write(cutOf(50))
    const store = openCutStore(run, 1, 'other')
    for (const cycle of [3, 6]) store.write(cutOf(cycle))
    expect(store.cycles()).toEqual([6, 50])
    expect(store.newest(() => {})).toEqual(cutOf(6))
  })

  it('does not begin again where no cut is whole, and says what to do', () => {
    const run = folder()
    const store = openCutStore(run, 2, 'identity')
    expect(store.newest(() => expect.unreachable())).toBeNull()
    for (const cycle of [3, 6]) rmSync(join(store.write(cutOf(cycle)), 'state.json'))
    const damaged: ErrorRecord[] = []
    expect(() => store.newest((error) => damaged.push(error))).toThrow(
      expect.objectContaining({
        code: 'cut/none-whole',
        place: 'cuts/6/state.json',
        remedy: expect.stringContaining(`agon run ${join(run, 'config.yaml')}`),
      }),
    )
    expect(damaged).toHaveLength(2)
  })

  it('takes no notice of a cut that was being written when the process died', () => {
    const run = folder()
    const store = openCutStore(run, 2, 'identity')
    store.write(cutOf(3))
    writeFileSync(join(run, 'cuts', '.writing-6'), 'half')
    expect(store.newest(() => expect.unreachable())?.cycle).toBe(3)
    rmSync(join(run, 'cuts', '.writing-6'))
    store.write(cutOf(6))
    expect(existsSync(join(run, 'cuts', '.writing-6'))).toBe(false)
  })
})

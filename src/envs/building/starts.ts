import { AgonError } from '../../core/errors.ts'
import type { LevelSpace } from '../contract.ts'

/** Where a game begins: an empty board, and the seed of all that chance decides in it. */
export interface BuildingStart {
  /** 32 bits. */
  readonly seed: number
}

/** The starts of a level-building game: four bytes, little-endian. */
export const buildingStarts: LevelSpace<BuildingStart> = {
  sample: (stream) => ({ seed: stream.uint32() }),
  mutate: (_, stream) => ({ level: { seed: stream.uint32() }, operator: 'draw' }),
  key: ({ seed }) => String(seed),
  encode({ seed }) {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setUint32(0, seed, true)
    return bytes
  },
  decode(bytes) {
    if (bytes.length !== 4)
      throw new AgonError('level/corrupt', `${bytes.length} bytes, a start of a game has 4`)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return { seed: view.getUint32(0, true) }
  },
  format: ({ seed }) => String(seed),
  parse(text) {
    const seed = Number(text.trim())
    if (/^\s*\d+\s*$/.test(text) && seed <= 0xffff_ffff) return { seed }
    throw new AgonError('level/invalid', `'${text.trim()}' is no seed of 32 bits`)
  },
  validate: ({ seed }) =>
    Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff ? null : 'the seed has not 32 bits',
  features: () => ({}),
}

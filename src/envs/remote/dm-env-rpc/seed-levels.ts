import { AgonError } from '../../../core/errors.ts'
import type { dmEnvRpc } from '../../../wire/index.ts'
import type { LevelCalls } from '../client/backend.ts'
import { decodeStream } from '../stream-state.ts'

/**
 * The levels of an environment of which nothing is known but its protocol: four bytes, little-endian, are a seed that a
 * world is made with; any others are handed over as its level, for a server that knows them.
 */
const SEED_BYTES = 4
/** Seeds fit a signed 32-bit integer, whatever the other side reads. */
const SEEDS = 2 ** 31

export function settingsOf(level: Uint8Array): Record<string, dmEnvRpc.v1.Tensor.$Properties> {
  if (level.length !== SEED_BYTES)
    return { level: { uint8s: { array: level }, shape: [level.length] } }
  return { seed: { int32s: { array: [seedOf(level)] }, shape: [] } }
}

const seedOf = (level: Uint8Array): number =>
  new DataView(level.buffer, level.byteOffset, level.byteLength).getUint32(0, true)

function seedLevel(seed: number): Uint8Array {
  const level = new Uint8Array(SEED_BYTES)
  new DataView(level.buffer).setUint32(0, seed, true)
  return level
}

type Calls = {
  readonly [K in Exclude<keyof LevelCalls, 'describe'>]: (
    request: LevelCalls[K]['request'],
  ) => LevelCalls[K]['answer']
}

export const seedLevels: Calls = {
  sampleLevels({ count, stream, entry }) {
    if (entry != null) throw new AgonError('suite/unknown', 'this environment has no suites')
    const random = decodeStream(stream)
    const levels = Array.from({ length: count ?? 0 }, () => seedLevel(random.integer(SEEDS)))
    return { levels, streamState: [...random.save()] }
  },
  mutateLevels({ levels = [], stream }) {
    const random = decodeStream(stream)
    const changed = (levels ?? []).map(() => seedLevel(random.integer(SEEDS)))
    return {
      levels: changed,
      operators: changed.map(() => 'reseed'),
      streamState: [...random.save()],
    }
  },
  describeLevels: ({ levels }) => ({
    levels: (levels ?? []).map((level) => ({ obstacle: '', key: hex(level), text: textOf(level) })),
  }),
  parseLevels: ({ text }) => ({ levels: [parsed((text ?? '').trim())], names: ['level-1'] }),
  crossLevels: () => unsupported('crosses no levels'),
  toGenome: () => unsupported('has levels that are no points'),
  fromGenome: () => unsupported('has levels that are no points'),
  resampleLevels: () => unsupported('draws nothing again'),
  drawStates: () => unsupported('draws no states'),
}

function unsupported(what: string): never {
  throw new AgonError('environment/unsupported', `dm_env_rpc ${what}`)
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const textOf = (level: Uint8Array): string =>
  level.length === SEED_BYTES ? `seed: ${seedOf(level)}\n` : `level: ${hex(level)}\n`

function parsed(text: string): Uint8Array {
  const seed = /^seed:\s*(\d{1,10})$/.exec(text)
  if (seed !== null && Number(seed[1]) < SEEDS) return seedLevel(Number(seed[1]))
  const bytes = /^level:\s*((?:[0-9a-f]{2})*)$/.exec(text)
  if (bytes !== null) return Buffer.from(bytes[1], 'hex')
  throw new AgonError('level/invalid', `'${text}' is no level`, {
    place: 'row 1, column 1',
    remedy: `write seed: and a number below ${SEEDS}, or level: and bytes in hexadecimal`,
  })
}

import { AgonError } from '../../../core/errors.ts'
import type { dmEnvRpc } from '../../../wire/index.ts'
import type { LevelSpace } from '../../contract.ts'

type Settings = Readonly<Record<string, dmEnvRpc.v1.Tensor.$Properties>>

/** What a world's next sequences begin with. */
export interface WorldSettings<L> {
  /** Absent: drawn from the seed. */
  readonly level?: L
  readonly seed?: number
}

/**
 * `level` as bytes or text, `seed` as one integer.
 * @throws AgonError `environment/setting`, `level/corrupt`, `level/invalid`
 */
export function readSettings<L>(settings: Settings, levels: LevelSpace<L>): WorldSettings<L> {
  const unknown = Object.keys(settings).find((name) => name !== 'level' && name !== 'seed')
  if (unknown !== undefined)
    throw new AgonError('environment/setting', `there is no setting '${unknown}'`, {
      remedy: 'the settings are level and seed',
    })
  const { level, seed } = settings
  return {
    ...(level === undefined ? {} : { level: readLevel(level, levels) }),
    ...(seed === undefined ? {} : { seed: readSeed(seed) }),
  }
}

function readLevel<L>(tensor: dmEnvRpc.v1.Tensor.$Properties, levels: LevelSpace<L>): L {
  const bytes = tensor.uint8s?.array
  const text = tensor.strings?.array
  if (bytes == null && text?.length !== 1)
    throw new AgonError('environment/setting', 'a level is uint8s, its bytes, or one string')
  const level = bytes != null ? levels.decode(bytes) : levels.parse(text?.[0] ?? '')
  const obstacle = levels.validate(level)
  if (obstacle !== null) throw new AgonError('level/invalid', obstacle, { place: 'level' })
  return level
}

function readSeed(tensor: dmEnvRpc.v1.Tensor.$Properties): number {
  const given = [tensor.int32s, tensor.int64s, tensor.uint32s, tensor.uint64s]
  const [value, ...more] = given.flatMap((payload) => payload?.array ?? [])
  if (Number.isSafeInteger(value) && value >= 0 && more.length === 0) return value
  throw new AgonError('environment/setting', 'a seed is one integer from 0')
}

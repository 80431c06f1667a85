import { AgonError } from '../../../core/errors.ts'
import type { TypedArray } from '../../../core/tensor.ts'
import type { FootballLevel } from '../level.ts'
import type { Addon, AddonGames } from './addon.ts'
import type { Encoding, GameBatch, GameBatchOptions, GameStepBuffers } from './contract.ts'
import { ENCODINGS } from './encodings.ts'
import { encodeLevel, LEVEL_NUMBERS } from './level-record.ts'
import { named, nativeError } from './native-error.ts'

/** The addon counts encodings in this order. */
const ENCODING_NAMES = Object.keys(ENCODINGS) as readonly Encoding[]

/** Games of the addon; on the CPU their states lie in shared memory that is allocated here and lent to it. */
export function nativeBatch(addon: Addon, options: GameBatchOptions): GameBatch {
  const { games, agents } = options
  const native = open(addon, options)
  const record = new Float64Array(LEVEL_NUMBERS)
  return {
    games,
    agents: [agents[0], agents[1]],
    reset(game, level, seed, episode) {
      encodeLevel(level, record)
      const fault = named(() => native.reset(game, record, seed, episode))
      if (fault !== null) throw refusedLevel(fault, level)
    },
    step(actions, out) {
      try {
        native.step(actions, ...outputs(out))
      } catch (error) {
        throw nativeError(error)
      }
    },
    async stepLater(actions, out) {
      try {
        await native.stepLater(actions, ...outputs(out))
      } catch (error) {
        throw nativeError(error)
      }
    },
    observe(encoding, out) {
      observe(native, encoding, out)
    },
    watch(game, out) {
      named(() => native.watch(game, out))
    },
    save(game) {
      const out = new Uint8Array(addon.stateBytes)
      named(() => native.save(game, out))
      return out
    },
    load(game, state) {
      requireState(state, addon.stateBytes)
      if (!named(() => native.load(game, state))) throw refusedState()
    },
    close() {
      native.close()
    },
  }
}

function refusedLevel(fault: string, level: FootballLevel): AgonError {
  return new AgonError('level/invalid', `the level cannot be played: ${fault}`, {
    fields: { left: level.left.length, right: level.right.length },
  })
}

function open(addon: Addon, { games, agents, threads, device }: GameBatchOptions): AddonGames {
  const create = (memory: Uint8Array | null) =>
    named(() => new addon.Games(device, games, agents[0], agents[1], threads, memory))
  if (device !== 'cpu' || !Number.isSafeInteger(games) || games < 1) return create(null)
  return create(sharedBytes(games * addon.stateBytes))
}

function sharedBytes(bytes: number): Uint8Array {
  try {
    return new Uint8Array(new SharedArrayBuffer(bytes))
  } catch (cause) {
    throw new AgonError('football/memory', `there are no ${bytes} bytes for the games`, {
      remedy: 'make fewer games',
      cause,
    })
  }
}

function outputs(out: GameStepBuffers) {
  return [out.scoring, out.checkpoints, out.terminated, out.truncated, out.score] as const
}

function observe(native: AddonGames, encoding: Encoding, out: TypedArray): void {
  const index = ENCODING_NAMES.indexOf(encoding)
  if (index < 0) {
    throw new AgonError('football/encoding', `there is no encoding '${encoding}'`, {
      remedy: `use one of ${ENCODING_NAMES.join(', ')}`,
    })
  }
  try {
    native.observe(index, out)
  } catch (error) {
    throw nativeError(error)
  }
}

function requireState(state: Uint8Array, bytes: number): void {
  if (!(state instanceof Uint8Array) || state.length !== bytes) {
    const given = state instanceof Uint8Array ? `${state.length} bytes` : typeof state
    throw new AgonError('football/state', `a saved game has ${bytes} bytes, this is ${given}`, {
      remedy: 'load what save of the same version of Agon gave',
    })
  }
}

function refusedState(): AgonError {
  return new AgonError(
    'football/state',
    'these bytes are no saved game of a batch with as many agents',
    {
      remedy: 'load what save of a batch with the same agents gave',
    },
  )
}

import '../../core/require-node.ts'

export { actionNames, BUILTIN_AI } from './actions.ts'
export { drawGame } from './draw/draw-game.ts'
export { drawLevel } from './draw/draw-level.ts'
export { createFootball, environment } from './environment.ts'
export { firstGameSeed } from './game-seed.ts'
export { type FootballLevel, type LevelPlayer, ROLES, type Role } from './level.ts'
export { decodeLevel, encodeLevel } from './level-space/codec.ts'
export { findDefect } from './level-space/defect.ts'
export { footballFeatures } from './level-space/features.ts'
export type {
  Encoding,
  GameBatch,
  GameBatchOptions,
  GameSeed,
  GameStepBuffers,
  NativeFootball,
} from './native/contract.ts'
export { ENCODINGS } from './native/encodings.ts'
export { nativeFootball } from './native/native-football.ts'
export { RAW_ROW, RAW_ROW_WIDTH } from './observe/raw-row.ts'
export { type FootballOptions, footballOptions } from './options.ts'
export { formatLevel } from './text/format-level.ts'
export { type NamedLevel, parseLevel, parseLevels } from './text/parse-levels.ts'

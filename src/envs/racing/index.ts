import '../../core/require-node.ts'

export { decodeLevel, encodeLevel } from './codec.ts'
export { drawLevel } from './draw.ts'
export { ACTIONS } from './drive.ts'
export { RACING_OPERATORS, type RacingOperator } from './edit/edit.ts'
export { createRacing, environment } from './environment.ts'
export {
  assertWellFormed,
  type BezierLevel,
  findDefect,
  type GymnasiumLevel,
  type RacingLevel,
} from './level.ts'
export { type RacingOptions, racingOptionFields, racingOptions } from './options.ts'
export { formatLevel, parseLevel, parseLevels } from './text.ts'
export type { CentreLine, Shapes, Track } from './track/contract.ts'
export { trackOf } from './track/track-of.ts'

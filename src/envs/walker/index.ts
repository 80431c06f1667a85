import '../../core/require-node.ts'

export { decodeLevel, encodeLevel } from './codec.ts'
export { drawLevel } from './draw.ts'
export { WALKER_OPERATORS, type WalkerOperator } from './edit/edit.ts'
export { createWalker, environment } from './environment.ts'
export { type Course, courseOf } from './ground-of.ts'
export {
  assertWellFormed,
  findDefect,
  PARAMETERS,
  type ParameterLevel,
  type PublishedLevel,
  type WalkerLevel,
} from './level.ts'
export { OBSERVATION_NAMES } from './observe.ts'
export { type WalkerOptions, walkerOptionFields, walkerOptions } from './options.ts'
export type { Terrain, TerrainDraws } from './terrain/contract.ts'
export { formatLevel, type NamedLevel, parseLevel, parseLevels } from './text.ts'

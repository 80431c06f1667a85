import '../../core/require-node.ts'

export {
  type BuilderRules,
  type BuilderState,
  builderLength,
  builtLevel,
  builtSoFar,
  decodeDirection,
  encodeDirection,
  startBuilder,
  stepBuilder,
} from './builder/builder.ts'
export { builderImage } from './builder/builder-view.ts'
export { createBuilding, environment as building } from './builder/environment.ts'
export { constructJaxued, JAXUED_BUILDER_LENGTH } from './builder/jaxued-builder.ts'
export { decodeLevel, encodeLevel } from './codec.ts'
export { drawLevel } from './draw.ts'
export { DCD_ENTITIES, DCD_ENTITIES_FIXED_AGENT, editDcd } from './edit/dcd-edit.ts'
export { editLevel } from './edit/edit.ts'
export { createMaze, environment } from './environment.ts'
export { construct, generateByUniformTeacher, generateClutter } from './generate/construction.ts'
export { crossingMiniGrid, crossingMinimax } from './generate/crossing.ts'
export { fourRoomsMiniGrid, fourRoomsMinimax } from './generate/four-rooms.ts'
export { generateLevel } from './generate/generate.ts'
export { perfectMazeKruskal, perfectMazeMinimax } from './generate/perfect-maze.ts'
export type { ProceduralSize } from './generate/procedural.ts'
export { generateWalls } from './generate/walls.ts'
export type { Direction, MazeLevel, MemoryCells } from './level.ts'
export { assertWellFormed, findDefect } from './level.ts'
export { countWalls, minActions, optimalReturn, shortestPath } from './metrics.ts'
export { type MazeOptions, mazeOptionFields, mazeOptions } from './options.ts'
export { PROFILES, type Profile, type ProfileName } from './profiles.ts'
export { type FixedMaze, fixedMaze } from './suites/fixed-maze.ts'
export { PUBLISHED_MAZES, type PublishedMaze } from './suites/published-mazes.ts'
export { formatLevel, type NamedLevel, parseLevel, parseLevels } from './text.ts'

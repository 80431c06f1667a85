/** Which public code base's edges are followed. They agree on dynamics and reward. */
export type ProfileName = 'minimax' | 'jaxued' | 'dcd'

export const GENERATORS = [
  'walls',
  'uniform-teacher',
  'clutter',
  'four-rooms',
  'crossing',
  'perfect-maze',
] as const
export type GeneratorName = (typeof GENERATORS)[number]

export const EDITORS = ['minimax', 'jaxued', 'dcd', 'dcd-fixed-agent'] as const
export type EditorName = (typeof EDITORS)[number]

/**
 * Axes of `image`, V = view size, 3 = object, colour, state:
 * `row-first` `[V, V, 3]` by row then column, `column-first` `[V, V, 3]` by column then row,
 * `channel-first` `[3, V, V]` by column then row within each channel.
 */
export type ImageLayout = 'row-first' | 'column-first' | 'channel-first'

export interface Profile {
  readonly image: ImageLayout
  /** Whether two levels that differ only in the start direction are two levels to a buffer. */
  readonly keyHasDirection: boolean
  readonly generator: GeneratorName
  readonly nWalls: number
  readonly editor: EditorName
  readonly edits: number
  /** `shortest_path_length` of a level whose goal cannot be reached. */
  readonly unreachable: 'zero' | 'cells-plus-one'
  /** Which form of the procedural mazes. */
  readonly procedural: 'minimax' | 'dcd'
}

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  minimax: {
    image: 'row-first',
    keyHasDirection: false,
    generator: 'walls',
    nWalls: 60,
    editor: 'minimax',
    edits: 20,
    unreachable: 'zero',
    procedural: 'minimax',
  },
  jaxued: {
    image: 'column-first',
    keyHasDirection: true,
    generator: 'walls',
    nWalls: 25,
    // Its training script calls its port of the minimax operator; its own one is there as `jaxued`.
    editor: 'minimax',
    edits: 5,
    unreachable: 'zero',
    procedural: 'minimax',
  },
  dcd: {
    image: 'channel-first',
    keyHasDirection: true,
    generator: 'uniform-teacher',
    nWalls: 25,
    editor: 'dcd',
    edits: 5,
    unreachable: 'cells-plus-one',
    procedural: 'dcd',
  },
}

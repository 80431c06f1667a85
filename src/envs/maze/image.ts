import { AGENT_OBJECT, COLOUR_OF, OBJECT_OF } from './cell-code.ts'
import type { Defect, MazeLevel } from './level.ts'
import {
  type OccludedView,
  occludedView,
  type ViewRules,
  type ViewTables,
  viewTables,
  writeOccludedView,
  writeView,
} from './view.ts'

export interface ImageRules extends ViewRules {
  /** `view`: the square ahead of the agent. `map`: the whole interior of `height` × `width`. */
  readonly observation: 'view' | 'map'
  readonly height: number
  readonly width: number
}

/** Shape of the observation `image`; a map is `[height, width, 3]` in every profile. */
export function imageShape(rules: ImageRules): readonly number[] {
  if (rules.observation === 'map') return [rules.height, rules.width, 3]
  return rules.layout === 'channel-first'
    ? [3, rules.view, rules.view]
    : [rules.view, rules.view, 3]
}

/** Why a level does not fit the image, or null: a map is as large as the options say, a view shows any level. */
export function findMisfit(
  level: MazeLevel,
  { observation, height, width }: Pick<ImageRules, 'observation' | 'height' | 'width'>,
): Defect | null {
  if (observation === 'view' || (level.height <= height && level.width <= width)) return null
  return {
    message: `a level of ${level.height} × ${level.width} does not fit a map of ${height} × ${width}`,
    place: 'size',
  }
}

/** Writes the image of one lane, for grids of one stride. */
export class ImageWriter {
  readonly #rules: ImageRules
  readonly #stride: number
  readonly #tables: ViewTables
  readonly #occluded: OccludedView

  constructor(rules: ImageRules, stride: number) {
    this.#rules = rules
    this.#stride = stride
    this.#tables = viewTables(rules, stride)
    this.#occluded = occludedView(rules, stride)
  }

  /** `position` is the agent's and indexes `codes`; the image begins at `at`. */
  writeView(
    occlusion: boolean,
    codes: Uint8Array,
    position: number,
    direction: number,
    image: Uint8Array,
    at: number,
  ): void {
    if (!occlusion) writeView(this.#tables, codes, position, direction, image, at)
    else
      writeOccludedView(this.#occluded, this.#rules.seeAgent, codes, position, direction, image, at)
  }

  /** The whole interior, whose first cell is at `origin`, the agent `(10, 0, direction)` drawn in. */
  writeMap(
    origin: number,
    codes: Uint8Array,
    agent: number,
    direction: number,
    image: Uint8Array,
    at: number,
  ): void {
    const { height, width } = this.#rules
    let to = at
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const position = origin + row * this.#stride + column
        const here = position === agent
        image[to] = here ? AGENT_OBJECT : OBJECT_OF[codes[position]]
        image[to + 1] = here ? 0 : COLOUR_OF[codes[position]]
        image[to + 2] = here ? direction : 0
        to += 3
      }
    }
  }
}

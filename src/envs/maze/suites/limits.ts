import type { ProceduralSize } from '../generate/procedural.ts'

/** minimax and dcd on fixed and perfect mazes: 2·(h+2)·(w+2), 450 on 13 × 13. */
export const perimeterLimit = ({ height, width }: ProceduralSize): number =>
  2 * (height + 2) * (width + 2)

/** Crossings in both forms: 4·(h+2)·(w+2). */
export const crossingLimit = ({ height, width }: ProceduralSize): number =>
  4 * (height + 2) * (width + 2)

/** JaxUED gives every evaluation level 250 steps. */
export const JAXUED_LIMIT = 250

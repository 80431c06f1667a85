/** Pixels of the original to a metre: its lengths are whole numbers of pixels. */
export const SCALE = 30
/** Metres between vertices, where no pit shifts one. */
export const STEP = 14 / SCALE
export const VERTICES = 200
/** Vertices of flat ground at the start. */
export const START_PAD = 20
/** Metres of the base line. */
export const BASE = 400 / SCALE / 4
/** Who gets beyond this many metres has done it. */
export const FINISH = (VERTICES - 10) * STEP

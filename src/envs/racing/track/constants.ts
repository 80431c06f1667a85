/** Metres, as in the original: its window's units by a scale of 6. */
const SCALE = 6
/** Where a race is lost: |x| or |y| of the car beyond this. Control points lie in a square with this edge. */
export const PLAYFIELD = 2000 / SCALE
/** From the centre line to the edge. */
export const HALF_WIDTH = 40 / SCALE
export const KERB = 8 / SCALE
/** So many pieces in a row turn the same way where there is a kerb. */
export const KERB_COUNT = 4
/** Of Gymnasium's tracks. */
export const TRACK_RADIUS = 900 / SCALE
export const DETAIL_STEP = 21 / SCALE
export const TURN_RATE = 0.31
export const PROJECTION_SCALE = SCALE

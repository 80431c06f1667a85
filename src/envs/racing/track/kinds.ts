/** What a shape of a track is: `TILE` + 0, 1 or 2 by its shade, or a kerb. */
export const TILE = 0
export const KERB_WHITE = 3
export const KERB_RED = 4

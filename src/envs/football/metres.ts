/** Metres of one field unit for positions in play, by axis. */
export const METRES_X = 54.4
export const METRES_Y = 83.6

/** The reference places players of a scenario by other factors than it observes them: 1 reads back as 1.01103. */
export const PLAYER_START_X = 55
export const PLAYER_START_Y = 84.96

/** Half the pitch in metres; its lines stand at x = 1.0110, y = 0.4306 of the field units of positions in play. */
export const HALF_LENGTH = 55
export const HALF_WIDTH = 36

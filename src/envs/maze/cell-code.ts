/** What a cell of a lane's grid holds: one byte that stands for an (object, colour) pair of the observation. */
export const FREE = 0
export const WALL = 1
export const GREEN_GOAL = 2
export const RED_GOAL = 3
/** The wrong goals of a memory maze look like goals. */
export const GREEN_DISTRACTOR = 4
export const RED_DISTRACTOR = 5
export const GREEN_CUE = 6
export const RED_CUE = 7
export const UNSEEN = 8

/** MiniGrid's object index by cell code: empty 1, wall 2, goal 8, unseen 0. */
export const OBJECT_OF = new Uint8Array([1, 2, 8, 8, 8, 8, 8, 8, 0])
/** MiniGrid's colour index by cell code: red 0, green 1, grey 5. */
export const COLOUR_OF = new Uint8Array([0, 5, 1, 0, 1, 0, 1, 0, 0])
export const AGENT_OBJECT = 10

export const isGoal = (code: number): boolean => code === GREEN_GOAL || code === RED_GOAL
export const isDistractor = (code: number): boolean =>
  code === GREEN_DISTRACTOR || code === RED_DISTRACTOR

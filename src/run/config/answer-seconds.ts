/** Six hours: no part of a cycle that is known takes as long, and one that hangs is found the same day. */
export const ANSWER_SECONDS = 21_600

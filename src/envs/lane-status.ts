/** How an episode stands: it goes on, or ended by its own rules, or was cut by its limit, and nothing follows it. Bytes of saved states. */
export const RUNNING = 1
export const TERMINATED = 2
export const TRUNCATED = 3
export type LaneStatus = typeof RUNNING | typeof TERMINATED | typeof TRUNCATED

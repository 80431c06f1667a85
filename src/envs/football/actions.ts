/** Names as the reference's action sets have them, by id. */
const NAMES = [
  'idle',
  'left',
  'top_left',
  'top',
  'top_right',
  'right',
  'bottom_right',
  'bottom',
  'bottom_left',
  'long_pass',
  'high_pass',
  'short_pass',
  'shot',
  'sprint',
  'release_direction',
  'release_sprint',
  'sliding',
  'dribble',
  'release_dribble',
  'builtin_ai',
] as const

/** Gives a player to the built-in AI; only in the set "v2". */
export const BUILTIN_AI = 19

/** The set "default" is 0 to 18, "v2" adds 19. */
export const actionNames = (set: 'default' | 'v2'): readonly string[] =>
  set === 'v2' ? NAMES : NAMES.slice(0, BUILTIN_AI)

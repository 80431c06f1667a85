/** One algorithm of the table; whoever has one more adds a row. */
export interface UedSubject {
  /** As the papers write it. */
  readonly name: string
  /** Of `recipes/<recipe>.yaml`, and of its `-quick` twin. */
  readonly recipe: string
  /** Of the cycles measured, `key=value`. */
  readonly set?: readonly string[]
  /**
   * Cycles without a gradient to each with one, in the long run, at the published replay probability: new levels that are only
   * scored, and edits. The cycles measured have some of either kind, if there are any.
   */
  readonly others?: number
}

/** Two cycles of new levels, from then on nothing but replay: both kinds of cycles are seen, and how often is arithmetic. */
const REPLAY = ['adversary.capacity=96', 'adversary.minFill=0.6', 'adversary.replayProbability=1']
/** Warm after the first cycle. */
const PARALLEL = ['adversary.capacity=32']

export const BASELINE: UedSubject = { name: 'DR', recipe: 'maze-dr' }

export const UED_SUBJECTS: readonly UedSubject[] = [
  { name: 'DR of an S5 student', recipe: 'maze-dr-s5' },
  { name: 'PLR', recipe: 'maze-plr', set: REPLAY },
  // Replay 0.5: one cycle of new levels to each.
  { name: 'PLR⊥', recipe: 'maze-robust-plr', set: REPLAY, others: 1 },
  { name: 'parallel PLR⊥', recipe: 'maze-parallel-plr', set: PARALLEL },
  // Replay 0.8, and edits after each.
  { name: 'ACCEL', recipe: 'maze-accel', set: REPLAY, others: 0.25 + 1 },
  { name: 'parallel ACCEL', recipe: 'maze-parallel-accel', set: PARALLEL },
  // Replay 0.8; the first buffer is open, so nothing overlaps: what the probe takes has rows of its own.
  { name: 'ReMiDi', recipe: 'maze-remidi', set: REPLAY, others: 0.25 },
  { name: 'PAIRED', recipe: 'maze-paired' },
  {
    name: 'PAIRED, flexible regret',
    recipe: 'maze-paired',
    set: ['adversary.regret=flexible-regret'],
  },
  { name: 'minimax adversary', recipe: 'maze-minimax-adversary' },
  { name: 'population PAIRED of three', recipe: 'maze-population-paired' },
  // Replay 0.95; builders build, and learn, in the other cycles alone.
  { name: 'REPAIRED', recipe: 'maze-repaired', set: REPLAY, others: 0.05 / 0.95 },
]

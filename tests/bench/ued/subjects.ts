/** One algorithm of the table; whoever has one more adds a row. */
export interface UedSubject {
  /** As the papers write it. */
  readonly name: string
  /** Of `recipes/<recipe>.yaml`, and of its `-quick` twin. */
  readonly recipe: string
  /** Of the cycles measured, `key=value`, where a cycle has so many levels. */
  readonly set?: (levels: number) => readonly string[]
  /**
   * Cycles without a gradient to each with one, in the long run, at the published replay probability: new levels that are only
   * scored, and edits. The cycles measured have some of either kind, if there are any.
   */
  readonly others?: number
}

/** Algorithms of one environment, each beside domain randomisation there. */
export interface UedDomain {
  readonly baseline: UedSubject
  /** Levels of a cycle: of the published recipes, and of the quick ones. */
  readonly levels: { readonly published: number; readonly quick: number }
  readonly subjects: readonly UedSubject[]
}

/** Two cycles of new levels, from then on nothing but replay: both kinds of cycles are seen, and how often is arithmetic. */
const replay = (levels: number): readonly string[] => [
  `adversary.capacity=${3 * levels}`,
  'adversary.minFill=0.6',
  'adversary.replayProbability=1',
]
/** Warm after the first cycle. */
const parallel = (levels: number): readonly string[] => [`adversary.capacity=${levels}`]

const MAZE: UedDomain = {
  baseline: { name: 'DR', recipe: 'maze-dr' },
  levels: { published: 32, quick: 32 },
  subjects: [
    { name: 'DR of an S5 student', recipe: 'maze-dr-s5' },
    { name: 'PLR', recipe: 'maze-plr', set: replay },
    // Replay 0.5: one cycle of new levels to each.
    { name: 'PLR⊥', recipe: 'maze-robust-plr', set: replay, others: 1 },
    { name: 'parallel PLR⊥', recipe: 'maze-parallel-plr', set: parallel },
    // Replay 0.8, and edits after each.
    { name: 'ACCEL', recipe: 'maze-accel', set: replay, others: 0.25 + 1 },
    { name: 'parallel ACCEL', recipe: 'maze-parallel-accel', set: parallel },
    // Replay 0.8; the first buffer is open, so nothing overlaps: what the probe takes has rows of its own.
    { name: 'ReMiDi', recipe: 'maze-remidi', set: replay, others: 0.25 },
    // Replay 0.5; nine shadows a lane suppose what goals elsewhere would have given, in new levels too.
    { name: 'SAMPLR', recipe: 'maze-samplr', set: replay, others: 1 },
    { name: 'PAIRED', recipe: 'maze-paired' },
    {
      name: 'PAIRED, flexible regret',
      recipe: 'maze-paired',
      set: () => ['adversary.regret=flexible-regret'],
    },
    { name: 'PAIRED of S5 students', recipe: 'maze-paired-s5' },
    { name: 'minimax adversary', recipe: 'maze-minimax-adversary' },
    { name: 'population PAIRED of three', recipe: 'maze-population-paired' },
    // Replay 0.95; builders build, and learn, in the other cycles alone.
    { name: 'REPAIRED', recipe: 'maze-repaired', set: replay, others: 0.05 / 0.95 },
  ],
}

const WALKER: UedDomain = {
  baseline: { name: 'walker: DR', recipe: 'walker-dr' },
  levels: { published: 16, quick: 4 },
  subjects: [
    { name: 'walker: PLR', recipe: 'walker-plr', set: replay },
    // Replay 0.9, and edits after each.
    { name: 'walker: ACCEL', recipe: 'walker-accel', set: replay, others: 0.1 / 0.9 + 1 },
    { name: 'walker: PAIRED', recipe: 'walker-paired' },
    { name: 'walker: REPAIRED', recipe: 'walker-repaired', set: replay, others: 0.05 / 0.95 },
  ],
}

const RACING: UedDomain = {
  baseline: { name: 'racing: DR', recipe: 'racing-dr' },
  levels: { published: 16, quick: 4 },
  subjects: [
    { name: 'racing: PLR', recipe: 'racing-plr', set: replay },
    { name: 'racing: ACCEL', recipe: 'racing-accel', set: replay, others: 0.1 / 0.9 + 1 },
    { name: 'racing: PAIRED', recipe: 'racing-paired' },
    { name: 'racing: REPAIRED', recipe: 'racing-repaired', set: replay, others: 0.05 / 0.95 },
  ],
}

export const UED_DOMAINS: readonly UedDomain[] = [MAZE, WALKER, RACING]

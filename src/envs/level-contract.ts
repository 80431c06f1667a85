import type { RandomStream } from '../core/random.ts'

/** Named numbers that describe a level: archive descriptors, metrics, complexity. Absent is not zero. */
export type LevelFeatures = Readonly<Record<string, number>>

/** A box of real numbers that levels are points of, for searches over vectors. */
export interface Genome<L> {
  readonly bounds: GenomeBounds
  /** Where the level lies, inside the bounds. @throws AgonError `level/genome` for a level that is no point of this box */
  toVector(level: L): Float64Array
  /**
   * The level at a point. Each number is clipped to its bounds, then rounded where whole numbers stand; what the genome
   * does not name is as the environment's options have it. Every point gives a level that can be attempted, and the point
   * of that level gives it again.
   * @throws AgonError `level/genome` for another length, or for what is no number
   */
  fromVector(vector: ArrayLike<number>): L
}

/** One number for each name; all arrays are as long as `names`. */
export interface GenomeBounds {
  readonly names: readonly string[]
  readonly low: readonly number[]
  /** Not below `low`. */
  readonly high: readonly number[]
  /** True where only whole numbers stand, halves rounded upwards; absent: nowhere. */
  readonly integer?: readonly boolean[]
}

export interface Mutation<L> {
  readonly level: L
  /** Name of the operator that made it, for the lineage: `edit`, `crossover`, `translate`. */
  readonly operator: string
}

/** Pure operations on levels. Every random draw takes a stream. */
export interface LevelSpace<L> {
  /** A level of the generator that the environment's options name. */
  sample(stream: RandomStream): L
  /** The names that `mutate` takes; absent where there is but the space's own operator. */
  readonly operators?: readonly string[]
  /**
   * A changed copy of `level`: by the operator named, or by the space's own with its own number of edits.
   * @throws AgonError `level/operator` with the nearest
   */
  mutate(level: L, stream: RandomStream, operator?: string): Mutation<L>
  /**
   * A level between two others, neither of which is changed. Absent where levels do not cross.
   * @throws AgonError `level/crossover` for two that have no child
   */
  crossover?(a: L, b: L, stream: RandomStream): Mutation<L>
  /** Absent where levels are no points of a box. */
  readonly genome?: Genome<L>
  /** Equal keys ⇔ the same level to a buffer that keeps no duplicates. Which fields count is a profile's choice. */
  key(level: L): string
  /** Canonical bytes: equal levels (every field) give equal bytes; `decode(encode(l))` is `l`. */
  encode(level: L): Uint8Array
  /** @throws AgonError `level/corrupt` */
  decode(bytes: Uint8Array): L
  /** A form for people's files; `parse(format(l))` is `l`. */
  format(level: L): string
  /** @throws AgonError `level/invalid` with the row and column or field in `place` */
  parse(text: string): L
  /**
   * Every level of a file, by name, for a form in which blank lines stand inside a level (a program, a prompt).
   * Absent where blank lines part the levels of a file, each of which `parse` reads.
   * @throws AgonError `level/invalid` as {@link LevelSpace.parse}
   */
  parseFile?(text: string): readonly { readonly name: string; readonly level: L }[]
  /** Why the level cannot be attempted, or null. */
  validate(level: L): string | null
  features(level: L): LevelFeatures
  /**
   * A self-contained `<svg>` element, well-formed as a file of its own: reports show it as an image, in which no script
   * runs and nothing loads. Absent where a picture makes no sense.
   */
  draw?(level: L): string
  /** Absent where levels are no texts of kinds. */
  readonly prompts?: PromptForm<L>
  /** Absent where no other program plays these levels. */
  readonly foreign?: ForeignForm<L>
  /** What a map of levels over two of their numbers is drawn on; null where these two are no places in a picture. */
  backdrop?(x: string, y: string): Backdrop | null
}

/** Levels that are texts, each of a kind on every axis: for searches that have texts rewritten. */
export interface PromptForm<L> {
  /** In the order in which a text is rewritten for them. */
  readonly axes: readonly PromptAxis[]
  /** Whether a search is to be told in the user's own words what rewriting is: nothing is shipped for it. */
  readonly needsWording?: boolean
  /** Texts to begin with, in their order; none where the domain ships none. */
  readonly seeds: readonly PromptSeed<L>[]
  text(level: L): string
  /** By the name of an axis. */
  kind(level: L): Readonly<Record<string, number | string>>
  /**
   * The level of this text, which is trimmed and taken as it is.
   * @param stages the text after the rewriting for each axis: a domain may take an early one for the clean text
   * @throws AgonError `level/invalid` for a text that is none, such as an empty one
   */
  make(text: string, kind: Readonly<Record<string, number | string>>, stages: readonly string[]): L
  /** Where a text lies on an axis of numbers, as far as that can be told by reading it. */
  measure(axis: string, text: string): number | undefined
  /** The clean text whose answer is the measure of the level's; null where it has none. */
  reference(level: L): string | null
}

export interface PromptSeed<L> {
  readonly id: string
  readonly level: L
}

/** What kinds of text there are along one axis. */
export interface PromptAxis {
  readonly name: string
  /** One neutral line, for who rewrites. */
  readonly about: string
  /** By category one neutral line; absent: the axis is one of numbers. */
  readonly values?: Readonly<Record<string, string>>
}

/** Levels as another program takes them, a file each. */
export interface ForeignForm<L> {
  /** What the files are, and the folder that they go into: `scenarios`. */
  readonly folder: string
  /** @param name the level's; what the other program does not allow in it is replaced */
  file(level: L, name: string): { readonly name: string; readonly text: string }
}

/** A picture in which two numbers of a level are places. */
export interface Backdrop {
  /** As {@link LevelSpace.draw}. */
  readonly picture: string
  /** Values at the left and the right edge of the picture. */
  readonly x: readonly [number, number]
  /** Values at the bottom and at the top. */
  readonly y: readonly [number, number]
}

import { AgonError } from './errors.ts'
import { elementCount } from './tensor.ts'

/** One choice among `count`. */
export interface DiscreteActions {
  readonly kind: 'discrete'
  /** Actions are 0 … count−1, int32. */
  readonly count: number
  readonly names?: readonly string[]
}

/** Several choices at once, each by itself: buttons, joints with steps. */
export interface MultiDiscreteActions {
  readonly kind: 'multi-discrete'
  /** Component i is 0 … counts[i]−1, int32. */
  readonly counts: readonly number[]
  /** Of the components. */
  readonly names?: readonly string[]
}

/** Real numbers: torques, velocities. */
export interface BoxActions {
  readonly kind: 'box'
  /** `[n]`: numbers of one row, float32. */
  readonly shape: readonly number[]
  /** Bounds of each number, both ends included, compared as float32; −Infinity and Infinity where there is none. */
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** Of the numbers. */
  readonly names?: readonly string[]
}

/** What a policy may do. One row of actions per (lane, agent). */
export type ActionSpec = DiscreteActions | MultiDiscreteActions | BoxActions

/** Actions of rows, row-major: int32 `[rows]` (discrete), int32 `[rows, n]` (multi-discrete), float32 `[rows, n]` (box). */
export type ActionArray = Int32Array | Float32Array

/** Of one row, without the batch axis. */
export function actionShape(spec: ActionSpec): readonly number[] {
  return spec.kind === 'discrete' ? [] : [actionWidth(spec)]
}

/** Numbers of one row. */
export function actionWidth(spec: ActionSpec): number {
  if (spec.kind === 'discrete') return 1
  return spec.kind === 'box' ? elementCount(spec.shape) : spec.counts.length
}

export function actionDType(spec: ActionSpec): 'int32' | 'float32' {
  return spec.kind === 'box' ? 'float32' : 'int32'
}

/** Zeros for `rows` rows. */
export function allocateActions(spec: ActionSpec, rows: number): ActionArray {
  const length = rows * actionWidth(spec)
  return spec.kind === 'box' ? new Float32Array(length) : new Int32Array(length)
}

/** How many choices each component has; none where actions are real numbers. */
export function choiceCounts(spec: ActionSpec): readonly number[] {
  if (spec.kind === 'box') return []
  return spec.kind === 'discrete' ? [spec.count] : spec.counts
}

/**
 * Numbers by which a policy says how it draws one row: the logits of every choice, component after component; for a box
 * the means, then the logarithms of the standard deviations.
 */
export function parameterWidth(spec: ActionSpec): number {
  if (spec.kind === 'box') return 2 * actionWidth(spec)
  return choiceCounts(spec).reduce((sum, count) => sum + count, 0)
}

/** `7 actions`, `actions of 3 × 2 choices`, `2 numbers in [-1, 1] × [0, inf]`. */
export function describeActions(spec: ActionSpec): string {
  if (spec.kind === 'discrete') return `${spec.count} actions`
  if (spec.kind === 'multi-discrete') return `actions of ${spec.counts.join(' × ')} choices`
  const ranges = spec.low.map((low, i) => `[${low}, ${spec.high[i]}]`)
  return `${actionWidth(spec)} numbers in ${ranges.join(' × ')}`
}

/** Whether actions of one mean the same in the other; names are for people. */
export function sameActions(a: ActionSpec, b: ActionSpec): boolean {
  return describeActions(a) === describeActions(b)
}

/**
 * What is wrong with a description of actions, or null: counts are whole numbers from 1, bounds are numbers (infinite
 * ones are said so) with low ≤ high, and there is a name for each or none.
 */
export function actionSpecFault(spec: ActionSpec): string | null {
  const whole = (count: number): boolean => Number.isSafeInteger(count) && count >= 1
  switch (spec.kind) {
    case 'discrete':
      if (!whole(spec.count)) return `count is a whole number from 1, not ${spec.count}`
      return namesFault(spec.names, spec.count, 'actions')
    case 'multi-discrete': {
      if (!Array.isArray(spec.counts) || spec.counts.length === 0)
        return 'counts is a list with a number for each component'
      const wrong = spec.counts.findIndex((count) => !whole(count))
      if (wrong >= 0) return `counts[${wrong}] is a whole number from 1, not ${spec.counts[wrong]}`
      return namesFault(spec.names, spec.counts.length, 'components')
    }
    case 'box':
      return boxFault(spec)
    default:
      return `kind is discrete, multi-discrete or box, not ${(spec as { kind?: unknown }).kind}`
  }
}

function boxFault({ shape, low, high, names }: BoxActions): string | null {
  const [width] = Array.isArray(shape) ? shape : []
  if (shape?.length !== 1 || !Number.isSafeInteger(width) || width < 1)
    return `shape is [n], the numbers of an action, not ${JSON.stringify(shape)}`
  for (const [name, bounds] of Object.entries({ low, high }))
    if (!Array.isArray(bounds) || bounds.length !== width)
      return `${name} has a bound for each of ${width} numbers; an unbounded one says so with an infinity`
  for (let i = 0; i < width; i++) {
    const none = low[i] === Number.POSITIVE_INFINITY || high[i] === Number.NEGATIVE_INFINITY
    if (none || !(low[i] <= high[i]))
      return `number ${i} is bounded by ${low[i]} and ${high[i]}: low is at most high`
  }
  return namesFault(names, width, 'numbers')
}

function namesFault(names: readonly string[] | undefined, due: number, of: string): string | null {
  if (names === undefined || names.length === due) return null
  return `names has ${names.length} names for ${due} ${of}`
}

/**
 * What an environment cannot take of row `row`, or null: `action 9, there are 0 to 6`. Numbers that are no numbers are
 * among it.
 */
export function actionFault(spec: ActionSpec, actions: ActionArray, row: number): string | null {
  const width = actionWidth(spec)
  for (let i = 0; i < width; i++) {
    const value = actions[row * width + i]
    const at = spec.kind === 'discrete' ? '' : ` as component ${i}`
    if (spec.kind === 'box') {
      if (value >= Math.fround(spec.low[i]) && value <= Math.fround(spec.high[i])) continue
      return `action ${value}${at}, which goes from ${spec.low[i]} to ${spec.high[i]}`
    }
    const count = spec.kind === 'discrete' ? spec.count : spec.counts[i]
    if (!(value >= 0 && value < count)) return `action ${value}${at}, there are 0 to ${count - 1}`
  }
  return null
}

/**
 * Copies what a policy chose to what an environment takes: real numbers are clipped to their bounds, choices are copied
 * as they are. A number that is none stays one.
 */
export function boundActions(spec: ActionSpec, chosen: ActionArray, into: ActionArray): void {
  into.set(chosen)
  if (spec.kind !== 'box') return
  const width = actionWidth(spec)
  for (let i = 0; i < into.length; i++) {
    const [low, high] = [spec.low[i % width], spec.high[i % width]]
    if (into[i] < low) into[i] = low
    else if (into[i] > high) into[i] = high
  }
}

/**
 * As {@link actionSpecFault}, for borders that refuse.
 * @throws AgonError `code`
 */
export function checkActionSpec(spec: ActionSpec, code: string, place?: string): void {
  const fault = actionSpecFault(spec)
  if (fault === null) return
  throw new AgonError(code, `the actions are no action space: ${fault}`, {
    ...(place === undefined ? {} : { place }),
    remedy:
      "give { kind: 'discrete', count }, { kind: 'multi-discrete', counts } or { kind: 'box', shape: [n], low, high }",
  })
}

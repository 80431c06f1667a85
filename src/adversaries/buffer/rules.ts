/** How a level buffer behaves, resolved: no field is left to a profile. See `docs/algorithms/plr.md` for sources. */
export interface BufferRules {
  readonly capacity: number
  /** Share of the capacity that must be filled before anything is replayed. */
  readonly minFill: number
  readonly priority: Priority
  /** β of the score transform; unused by `top-k`. */
  readonly temperature: number
  readonly topK: number
  /** κ: weight of the staleness distribution in the replay distribution. */
  readonly stalenessCoefficient: number
  /** Whether a new level that equals a stored one becomes an update of it. */
  readonly unique: boolean
  /** How many visits of each level are remembered; absent: none. */
  readonly visits?: number
  readonly replaySchedule: 'fixed' | 'fill'
  readonly insertRule: '>=' | '>'
  readonly zeroAges: 'scores' | 'uniform'
  readonly newLevelAging: 'batch' | 'insert' | 'none'
  readonly insertedAge: 'zero' | 'inherit'
  readonly duplicateAge: 'keep' | 'zero'
  readonly batchDuplicates: 'drop' | 'update'
  readonly maxReturns: 'running' | 'last'
}

export type Priority = 'rank' | 'proportional' | 'top-k'
export type Profile = 'minimax' | 'jaxued' | 'dcd'

/** The rules on which the reference code bases differ. */
export type EdgeRules = Pick<
  BufferRules,
  | 'replaySchedule'
  | 'insertRule'
  | 'zeroAges'
  | 'newLevelAging'
  | 'insertedAge'
  | 'duplicateAge'
  | 'batchDuplicates'
  | 'maxReturns'
>

/**
 * minimax really lets an inserted level inherit the evicted one's age and overwrites a level's best return; both are
 * defects, so its profile leaves them out and `insertedAge: inherit`, `maxReturns: last` bring them back.
 */
export const EDGE_RULES: Readonly<Record<Profile, EdgeRules>> = {
  minimax: {
    replaySchedule: 'fixed',
    insertRule: '>=',
    zeroAges: 'scores',
    newLevelAging: 'batch',
    insertedAge: 'zero',
    duplicateAge: 'keep',
    batchDuplicates: 'drop',
    maxReturns: 'running',
  },
  jaxued: {
    replaySchedule: 'fixed',
    insertRule: '>',
    zeroAges: 'uniform',
    newLevelAging: 'insert',
    insertedAge: 'zero',
    duplicateAge: 'zero',
    batchDuplicates: 'update',
    maxReturns: 'running',
  },
  dcd: {
    replaySchedule: 'fill',
    insertRule: '>=',
    zeroAges: 'uniform',
    newLevelAging: 'none',
    insertedAge: 'zero',
    duplicateAge: 'zero',
    batchDuplicates: 'update',
    maxReturns: 'running',
  },
}

/** A configured edge rule: a value, or `profile` for the profile's own. */
export type EdgeOptions = {
  readonly [K in keyof EdgeRules]: EdgeRules[K] | 'profile'
}

/** Fills in the profile's rule wherever an option says `profile`. */
export function resolveRules(
  options: { readonly profile: Profile } & EdgeOptions & Omit<BufferRules, keyof EdgeRules>,
): BufferRules {
  const own = EDGE_RULES[options.profile]
  const pick = <K extends keyof EdgeRules>(key: K): EdgeRules[K] =>
    options[key] === 'profile' ? own[key] : (options[key] as EdgeRules[K])
  return {
    capacity: options.capacity,
    minFill: options.minFill,
    priority: options.priority,
    temperature: options.temperature,
    topK: options.topK,
    stalenessCoefficient: options.stalenessCoefficient,
    unique: options.unique,
    replaySchedule: pick('replaySchedule'),
    insertRule: pick('insertRule'),
    zeroAges: pick('zeroAges'),
    newLevelAging: pick('newLevelAging'),
    insertedAge: pick('insertedAge'),
    duplicateAge: pick('duplicateAge'),
    batchDuplicates: pick('batchDuplicates'),
    maxReturns: pick('maxReturns'),
  }
}

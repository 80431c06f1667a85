import type { Ballot, CastVote, Vote } from './voting-contract.ts'

export type { Ballot, CastVote, Vote }

export interface VotingRule {
  /** Calls of a comparison. */
  readonly votes: number
  /** `strict`: more than half; `half`: half of them do, as in Ferret's baseline. */
  readonly majority: 'strict' | 'half'
  /** Whether each order is asked as often as the other; false: the candidate always stands first. */
  readonly swap: boolean
}

/** The calls of a comparison, orders in turn. */
export const planVotes = ({ votes, swap }: VotingRule): readonly Vote[] =>
  Array.from({ length: votes }, (_, sample) => ({
    sample,
    candidateFirst: !swap || sample % 2 === 0,
  }))

export const isForCandidate = ({ ballot, candidateFirst }: CastVote): boolean =>
  ballot !== null && (ballot === 'first') === candidateFirst

export interface Tally {
  readonly candidate: number
  readonly incumbent: number
  readonly abstained: number
}

export function tally(votes: readonly CastVote[]): Tally {
  const valid = votes.filter(({ ballot }) => ballot !== null)
  const candidate = valid.filter(isForCandidate).length
  return {
    candidate,
    incumbent: valid.length - candidate,
    abstained: votes.length - valid.length,
  }
}

/** Fewest votes that count for a decision: three of four. */
export const quorum = ({ votes }: Pick<VotingRule, 'votes'>): number => Math.floor(votes / 2) + 1

/** Whether enough judges have said something. */
export const isValid = (votes: readonly CastVote[], rule: VotingRule): boolean =>
  tally(votes).candidate + tally(votes).incumbent >= quorum(rule)

/** Whether the candidate wins: of too few votes, and of a tie under the strict rule, the incumbent stays. */
export function candidateWins(votes: readonly CastVote[], rule: VotingRule): boolean {
  const { candidate, incumbent } = tally(votes)
  if (candidate + incumbent < quorum(rule)) return false
  return rule.majority === 'strict' ? candidate > incumbent : candidate >= incumbent
}

/** Whether votes that are not cast yet, whatever they will be, leave the verdict as it is. */
export function isSettled(votes: readonly CastVote[], rule: VotingRule): boolean {
  const { candidate, incumbent, abstained } = tally(votes)
  const open = rule.votes - candidate - incumbent - abstained
  const strict = rule.majority === 'strict'
  if (open === 0) return true
  const lost = strict ? candidate + open <= incumbent : candidate + open < incumbent
  const won = strict ? candidate > incumbent + open : candidate >= incumbent + open
  return lost || (won && candidate + incumbent >= quorum(rule))
}

/** Of one comparison: pairs of one vote in each order, and those that name the same place whatever stands there. */
export function orderFlips(votes: readonly CastVote[]): {
  readonly pairs: number
  readonly flips: number
} {
  const valid = votes.filter(({ ballot }) => ballot !== null)
  const first = valid.filter(({ candidateFirst }) => candidateFirst)
  const second = valid.filter(({ candidateFirst }) => !candidateFirst)
  const pairs = Math.min(first.length, second.length)
  let flips = 0
  for (let i = 0; i < pairs; i++) if (first[i].ballot === second[i].ballot) flips += 1
  return { pairs, flips }
}

import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import {
  type Ballot,
  type CastVote,
  candidateWins,
  isSettled,
  isValid,
  orderFlips,
  planVotes,
  type VotingRule,
} from './voting.ts'

const STRICT: VotingRule = { votes: 4, majority: 'strict', swap: true }
const HALF: VotingRule = { ...STRICT, majority: 'half' }

/** `c` for the candidate, `i` for the incumbent, `-` for nobody; orders in turn. */
const cast = (says: string): CastVote[] =>
  [...says].map((one, sample) => {
    const candidateFirst = sample % 2 === 0
    const ballot: Ballot =
      one === '-' ? null : (one === 'c') === candidateFirst ? 'first' : 'second'
    return { sample, candidateFirst, ballot }
  })

describe('a comparison by votes', () => {
  it('asks each order twice, under four samples that differ', () => {
    const plan = planVotes(STRICT)
    expect(plan.map(({ candidateFirst }) => candidateFirst)).toEqual([true, false, true, false])
    expect(new Set(plan.map(({ sample }) => sample)).size).toBe(4)
    expect(planVotes({ ...STRICT, swap: false }).every((vote) => vote.candidateFirst)).toBe(true)
  })

  it.each([
    ['cccc', true, true],
    ['ccci', true, true],
    ['cici', false, true],
    ['ciii', false, false],
    ['iiii', false, false],
    ['cci-', true, true],
    ['cii-', false, false],
    ['ccc-', true, true],
    ['cc--', false, false],
    ['c---', false, false],
    ['----', false, false],
  ])('of %s is won: strictly %s, by half %s', (says, strict, half) => {
    expect(candidateWins(cast(says), STRICT)).toBe(strict)
    expect(candidateWins(cast(says), HALF)).toBe(half)
  })

  it('has too few votes where two of four abstain', () => {
    expect(isValid(cast('cc--'), STRICT)).toBe(false)
    expect(isValid(cast('cci-'), STRICT)).toBe(true)
  })

  it('is settled early only where no later vote changes it', () => {
    const all = (length: number): string[] =>
      length === 0 ? [''] : all(length - 1).flatMap((s) => ['c', 'i', '-'].map((x) => s + x))
    for (const rule of [STRICT, HALF])
      for (const says of all(4))
        for (let length = 1; length < 4; length++) {
          const early = cast(says).slice(0, length)
          if (!isSettled(early, rule)) continue
          const whole = candidateWins(cast(says), rule)
          expect([says, length, candidateWins(early, rule)]).toEqual([says, length, whole])
        }
    expect(isSettled(cast('ccc'), STRICT)).toBe(true)
    expect(isSettled(cast('ii'), STRICT)).toBe(true)
    expect(isSettled(cast('cc'), STRICT)).toBe(false)
    expect(isSettled(cast('cc'), HALF)).toBe(false)
  })

  /** A judge that names the first place with probability `b`, whatever stands there. */
  const rateOf = (b: number, rule: VotingRule): number => {
    const random = stream(11, 'bias', Math.round(b * 10), String(rule.swap))
    const comparisons = 30_000
    let wins = 0
    for (let i = 0; i < comparisons; i++) {
      const votes = planVotes(rule).map(
        (vote): CastVote => ({
          ...vote,
          ballot: random.uniform() < b ? 'first' : 'second',
        }),
      )
      if (candidateWins(votes, rule)) wins += 1
    }
    return wins / comparisons
  }

  it.each([
    [1, 0, 1],
    [0.8, 0.2432, 0.8192],
    [0.5, 0.3125, 0.3125],
  ])(
    'under order bias %f replaces at %f with both orders, at %f with one',
    (b, swapped, single) => {
      expect(Math.abs(rateOf(b, STRICT) - swapped)).toBeLessThan(0.012)
      expect(Math.abs(rateOf(b, { ...STRICT, swap: false }) - single)).toBeLessThan(0.012)
    },
  )

  it('tells by the pairs of both orders how often a judge names a place instead of a text', () => {
    const biased = planVotes(STRICT).map((vote): CastVote => ({ ...vote, ballot: 'first' }))
    expect(orderFlips(biased)).toEqual({ pairs: 2, flips: 2 })
    expect(orderFlips(cast('cccc'))).toEqual({ pairs: 2, flips: 0 })
    expect(orderFlips(cast('ci--'))).toEqual({ pairs: 1, flips: 1 })
  })
})

import type { Outcome } from '../../learners/contract.ts'
import type { AdversaryContext } from '../contract.ts'
import { mean } from '../scores/scores.ts'
import type { SearchOptions } from './options.ts'
import { type Play, type PlayedRepeats, type Signal, signalError } from './signal.ts'

/**
 * MADRID's estimate of regret: what a reference gets in a seat against the student, minus what the student itself gets there
 * (Samvelyan et al. 2024). Self-play is shared by all references that a candidate meets.
 * @param run what is known of the run; checked where it is
 * @throws AgonError `adversary/signal` without references or with one that is named twice, for seats or policies that there are not
 */
export function crossPlay(
  options: SearchOptions,
  run: Pick<AdversaryContext<unknown>, 'seats' | 'policies'>,
): Signal {
  const { references, referenceSeat, targetSeat, target } = options
  if (references.length === 0)
    throw signalError(
      'cross-play needs references to measure the student against',
      'name policies under `adversary.references`, or choose another signal',
    )
  if (new Set(references).size < references.length)
    throw signalError('a reference is named twice', 'name each of `adversary.references` once')
  checkRun(options, run)
  const own = (outcome: Outcome) => returnIn(outcome, referenceSeat)
  const lost = (outcome: Outcome): number | null => {
    const found = returnIn(outcome, targetSeat)
    // Adding 0 makes one zero of two.
    return found === null ? null : 0 - found
  }
  const against = (reference: string): Play => ({
    reference,
    seating: {
      [referenceSeat]: reference,
      ...(target === undefined ? {} : { [targetSeat]: target }),
    },
    value: target === undefined ? lost : own,
  })
  const self: Play = { reference: null, value: own }
  return {
    ...{ id: 'cross-play', needs: ['return'], references },
    plays: (met) => [...met.map(against), self],
    judge(reference, played) {
      const cross = meanOf(played, (play) => play.reference === reference)
      const alone = meanOf(played, (play) => play.reference === null)
      return {
        objective: cross === null || alone === null ? null : cross - alone,
        values: {
          ...(cross === null ? {} : { cross_play: cross }),
          ...(alone === null ? {} : { self_play: alone }),
        },
      }
    },
  }
}

function checkRun(
  { references, target, referenceSeat, targetSeat }: SearchOptions,
  { seats, policies }: Pick<AdversaryContext<unknown>, 'seats' | 'policies'>,
): void {
  const noSeat = [referenceSeat, targetSeat].find((seat) => seats?.includes(seat) === false)
  if (noSeat !== undefined)
    throw signalError(
      `cross-play needs a seat '${noSeat}', and the environment has ${seats?.join(', ')}`,
      'say where they sit by `referenceSeat` and `targetSeat`, or give the environment agents on both sides',
    )
  const names = target === undefined ? references : [...references, target]
  const unknown = names.find((name) => policies?.includes(name) === false)
  if (unknown !== undefined)
    throw signalError(
      `there is no policy '${unknown}' to play against`,
      policies?.length === 0
        ? 'name it under `policies`'
        : `the policies are ${policies?.join(', ')}`,
    )
}

function returnIn({ episodes }: Outcome, seat: string): number | null {
  const found = episodes.find((one) => one.episode === 0 && one.seat === seat && one.finished)
  return found?.return ?? null
}

function meanOf(played: readonly PlayedRepeats[], which: (play: Play) => boolean): number | null {
  const values = played.flatMap(({ play, outcomes }) =>
    which(play) ? outcomes.flatMap((outcome) => play.value(outcome) ?? []) : [],
  )
  return values.length === 0 ? null : mean(values)
}

import { AgonError } from '../core/errors.ts'
import { isPolicyAddress } from '../inference/policy-address.ts'

/** A seat as people write it. */
export type SeatText =
  | { readonly kind: 'bot'; readonly difficulty?: number }
  | { readonly kind: 'idle' | 'random' }
  /** A policy file, or the address of one that others run. */
  | { readonly kind: 'policy'; readonly at: string }

/** One player's seat. */
export interface SingleSeat {
  readonly team: 0 | 1
  readonly player: number
  readonly seat: SeatText
}

/**
 * `bot`, `bot:0.95`, `idle`, `random`, `policy.onnx`, `kserve://host:port/model`.
 * @throws AgonError `play/seat`
 */
export function parseSeat(text: string): SeatText {
  if (text === 'bot' || text === 'idle' || text === 'random') return { kind: text }
  if (text.startsWith('bot:')) {
    const difficulty = Number(text.slice(4))
    if (text.length > 4 && difficulty >= 0 && difficulty <= 1) return { kind: 'bot', difficulty }
    throw noSeat(text, 'a difficulty is a number from 0 to 1')
  }
  if (/\.onnx$/i.test(text) || isPolicyAddress(text)) return { kind: 'policy', at: text }
  throw noSeat(text, 'there is no such player')
}

/**
 * `left.3=random`.
 * @throws AgonError `play/seat`
 */
export function parseSingleSeat(text: string): SingleSeat {
  const match = /^(left|right)\.(\d{1,2})=(.+)$/.exec(text)
  if (match === null) throw noSeat(text, "a single player's seat is written left.3=random")
  const seat = parseSeat(match[3])
  if (seat.kind === 'bot' && seat.difficulty !== undefined)
    throw noSeat(text, 'the difficulty is of a whole team')
  return { team: match[1] === 'left' ? 0 : 1, player: Number(match[2]), seat }
}

function noSeat(text: string, why: string): AgonError {
  return new AgonError('play/seat', `'${text}' cannot play: ${why}`, {
    remedy:
      'a seat is bot, bot:<difficulty>, idle, random, a policy.onnx or kserve://host:port/model',
  })
}

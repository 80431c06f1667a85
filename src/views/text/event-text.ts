import { formatError } from '../../core/errors.ts'
import type { ProgressEvent } from '../../run/contract.ts'
import { type Line, paint } from './line.ts'
import { scoreText } from './quantities.ts'

/** An event that is more than a number, as one line for people; null where there is nothing to say. */
export function eventText(
  event: Exclude<ProgressEvent, { kind: 'cycle' }> | { readonly kind: 'cycle' },
): Line | null {
  switch (event.kind) {
    case 'started': {
      const from = event.from === 0 ? '' : `, going on from cycle ${event.from}`
      const hub = event.hub === undefined ? '' : `, listening at ${event.hub.address}`
      const notes = (event.notes ?? []).map((note) => `; ${note}`).join('')
      return `run ${event.dir}${from}${hub}${notes}`
    }
    case 'stage':
      return `stage ${event.number} of ${event.of}: ${event.stage}`
    case 'evaluation': {
      const when = {
        baseline: 'untrained',
        during: `cycle ${event.cycle}`,
        final: event.frozen === true ? 'as it is' : 'trained',
      }
      const what = scoreText(event)
      return `${event.suite}: ${event.slot} ${when[event.when]}${event.solvedRate === null ? ':' : ' solves'} ${what}`
    }
    case 'cut':
      return `cut of cycle ${event.cycle}`
    case 'restored': {
      // A resumed run says where it goes on when it starts.
      if (event.cause === null) return null
      const cause = ` after: ${formatError(event.cause)}`
      return [paint('yellow', 'restored'), ` cycle ${event.from} (epoch ${event.epoch})${cause}`]
    }
    case 'warning':
      return [paint('yellow', 'warning'), ` ${formatError(event.warning)}`]
    default:
      return null
  }
}

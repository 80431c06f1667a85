import type { GameResult } from '../../../play/contract.ts'
import { formatCount } from '../../../views/text/quantities.ts'
import type { CommandContext } from '../../command.ts'
import { rollingRate } from '../../terminal/rate.ts'
import { SEPARATOR, statusLine } from '../../terminal/status-line.ts'
import { printJson } from '../../terminal/terminal.ts'
import type { PlayWatch } from './play-request.ts'

const SCREEN_MS = 100
const PLAIN_MS = 5_000

/** Shows games as they go on: a status line, or a line now and then; with `--json` one object a game. */
export function playWatch(
  json: boolean,
  games: number,
  { terminal, clock }: CommandContext,
): { readonly hears: Pick<PlayWatch, 'game' | 'step'>; close(): void } {
  const status = statusLine(terminal)
  const rate = rollingRate()
  const interval = terminal.interactive ? SCREEN_MS : PLAIN_MS
  let last = clock.now()
  let done = 0
  const score = [0, 0]
  const show = (steps: number): void => {
    const now = clock.now()
    rate.add(now, steps, done / games)
    if (now - last < interval) return
    last = now
    const perSecond = rate.perSecond()
    const parts = [
      `${done} of ${games} games`,
      `${formatCount(steps)} steps`,
      ...(Number.isFinite(perSecond) ? [`${formatCount(perSecond)} steps/s`] : []),
      ...(done > 0 ? [`goals ${score[0]} to ${score[1]}`] : []),
    ]
    if (terminal.interactive) status.update(parts)
    else status.note(parts.join(SEPARATOR))
  }
  return {
    hears: {
      game(result: GameResult) {
        done++
        score[0] += result.score[0]
        score[1] += result.score[1]
        if (json) printJson(terminal, { kind: 'game', ...result })
      },
      step: (steps) => {
        if (!json) show(steps)
      },
    },
    close: () => status.clear(),
  }
}

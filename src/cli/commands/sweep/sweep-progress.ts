import type { Clock } from '../../../core/clock.ts'
import type { SweepEvent, SweptRun } from '../../../launch/sweep/sweep.ts'
import { formatShare } from '../../../views/text/quantities.ts'
import { SEPARATOR, statusLine } from '../../terminal/status-line.ts'
import type { Terminal } from '../../terminal/terminal.ts'

/** On a screen, often enough to look alive; elsewhere, seldom enough to keep a log readable. */
const SCREEN_MS = 100
const PLAIN_MS = 5_000

/** `seed 3`, or `plr seed 3` where there are variants. */
export const runName = ({ variant, seed }: SweptRun): string =>
  variant === undefined ? `seed ${seed}` : `${variant} seed ${seed}`

/** Shows a sweep: a line for each run that begins or ends, and in between how far those are that go on. */
export function sweepProgress(count: number, terminal: Terminal, clock: Clock) {
  const status = statusLine(terminal)
  const interval = terminal.interactive ? SCREEN_MS : PLAIN_MS
  const going = new Map<string, number>()
  let ended = 0
  let last = clock.now()
  const show = (): void => {
    const now = clock.now()
    if (now - last < interval) return
    last = now
    const parts = [...going].map(([run, done]) => `${run} ${formatShare(done)}`)
    const all = [`${ended} of ${count} done`, ...parts]
    if (terminal.interactive) status.update(all)
    else status.note(all.join(SEPARATOR))
  }
  return {
    on(event: SweepEvent): void {
      if (event.kind === 'submitted') {
        status.note(
          `job ${event.job} submitted: ${event.runs} ${event.runs === 1 ? 'run' : 'runs'}`,
        )
        return
      }
      const name = runName(event)
      if (event.kind === 'progress') {
        going.set(name, event.done)
        show()
        return
      }
      if (event.kind === 'begun') {
        going.set(name, 0)
        status.note(`${name} begins in ${event.dir}`)
        return
      }
      going.delete(name)
      ended += 1
      if (event.status === 'queued') status.note(`${name} goes on in the queue`)
      else if (event.status !== 'left') status.note(`${name} ${event.status}`)
      if (ended === count) status.clear()
    },
  }
}

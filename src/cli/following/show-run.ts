import type { ProgressEvent, RunHandle, RunResult } from '../../run/contract.ts'
import { EXIT, type ExitCode } from '../../run/exit-codes.ts'
import { countTexts } from '../../views/text/counts.ts'
import { formatCount, formatDuration, scoreText } from '../../views/text/quantities.ts'
import { formatTable } from '../../views/text/table.ts'
import type { CommandContext } from '../command.ts'
import { onInterrupt } from '../terminal/interrupts.ts'
import { jsonProgress, terminalProgress } from '../terminal/progress.ts'
import { printLines } from '../terminal/terminal.ts'

type Start = (onProgress: (event: ProgressEvent) => void) => Promise<RunHandle>

/**
 * Starts a run, shows it until it ends, and stops it on Ctrl-C.
 * @throws AgonError what the run failed with
 */
export async function showRun(
  start: Start,
  json: boolean,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, clock, interrupts, exit } = context
  const progress = json ? jsonProgress(terminal) : terminalProgress(terminal, clock)
  const begun = clock.now()
  let dir = ''
  let hasCut = false
  let handle: RunHandle | null = null
  let stopping = false
  // From the first moment on: a signal without a handler would leave what the run has begun to write.
  const release = onInterrupt(interrupts, clock, {
    stop() {
      progress.note('stopping with a cut at the end of this cycle; Ctrl-C again leaves at once')
      stopping = true
      handle?.stop()
    },
    exit() {
      progress.close()
      exit(EXIT.interrupted)
    },
  })
  try {
    handle = await start((event) => {
      if (event.kind === 'started') dir = event.dir
      hasCut ||= event.kind === 'cut' || (event.kind === 'started' && event.from > 0)
      progress.on(event)
    })
    if (stopping) handle.stop()
    const result = await handle.result
    progress.close()
    if (!json) printLines(terminal, summary(result, clock.now() - begun))
    return result.status === 'stopped' ? EXIT.stopped : EXIT.ok
  } catch (error) {
    progress.close()
    if (hasCut)
      progress.note(`what was done until the last cut remains: agon resume ${quoted(dir)}`)
    throw error
  } finally {
    release()
  }
}

function summary(result: RunResult, milliseconds: number): string[] {
  const { spent } = result
  const counts = [
    `${formatCount(spent.cycles)} cycles`,
    `${formatCount(spent.gradientUpdates)} gradient updates`,
    `${formatCount(spent.envSteps)} env steps`,
    ...countTexts(spent),
  ]
  const measured = new Set([
    ...Object.keys(result.solvedRate),
    ...Object.keys(result.measures ?? {}),
  ])
  return formatTable([
    [result.status, `${counts.join(', ')} after ${formatDuration(milliseconds)}`],
    ...Object.entries(result.policies).map(([slot, path]) => [`policy ${slot}`, path]),
    ...[...measured].map((what) => {
      const solvedRate = result.solvedRate[what] ?? null
      const measures = result.measures?.[what] ?? {}
      const word = solvedRate === null ? 'measured' : 'solved'
      return [`${word} ${what}`, scoreText({ solvedRate, measures })]
    }),
    ['report', result.report],
    ...(result.status === 'stopped' ? [['go on', `agon resume ${quoted(result.dir)}`]] : []),
  ])
}

/** A path as a shell takes it. */
const quoted = (path: string): string =>
  /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`

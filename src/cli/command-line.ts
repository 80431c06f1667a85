import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../core/clock.ts'
import { AgonError, type ErrorRecord, toErrorRecord } from '../core/errors.ts'
import { forbidTelemetry } from '../inference/forbid-telemetry.ts'
import { barAllNative } from '../inference/native-gate.ts'
import { EXIT, exitCodeOf } from '../run/exit-codes.ts'
import { version } from '../version.ts'
import { COMMANDS } from './catalogue.ts'
import { main, printWay } from './main.ts'
import { announcedInterrupts } from './terminal/interrupts.ts'
import { endWithoutTerminal } from './terminal/lost-terminal.ts'
import { onAnnouncement } from './terminal/process-signals.ts'
import { processTerminal } from './terminal/process-terminal.ts'
import { printError } from './terminal/terminal.ts'

/** How long those who read may take for the last words of a command that was told to end. */
const LAST_WORDS_MS = 2000

const { stdout, stderr, env } = process
const argv = process.argv.slice(2)
const debug = env.AGON_DEBUG === '1'
const terminal = processTerminal(stdout, stderr, env, argv.includes('--json'))

let leaving = false

/** Threads that compute are let finish what they are at: ended in the middle they would abort the process. */
const leave = async (now: number): Promise<never> => {
  leaving = true
  await barAllNative()
  process.exit(now)
}

const unexpected = (error: unknown): void => {
  const record = toErrorRecord(error)
  printError(terminal, record)
  printWay(record, debug, terminal)
  void leave(exitCodeOf(error))
}

/** The whole command line of this process; ends it. */
export async function runCommandLine(): Promise<never> {
  forbidTelemetry()
  endWithoutTerminal((work) => process.on('exit', work))
  process.on('uncaughtException', unexpected)
  process.on('unhandledRejection', unexpected)
  onIdle(() => unexpected(unfinished()))
  process.on('exit', (now) => {
    if (leaving) return
    printError(terminal, endedFromInside(now))
    process.exitCode = EXIT.failed
  })
  let told = false
  const code = await main(
    { argv, version, debug },
    {
      terminal,
      clock: systemClock,
      interrupts: announcedInterrupts((listener) =>
        onAnnouncement((signal) => {
          told = true
          listener(signal)
        }),
      ),
      exit: (now) => void leave(now),
      commands: COMMANDS,
      configKeys: async () => (await import('../run/config/sections.ts')).configSections(),
    },
  )
  onAnnouncement(() => void leave(code))
  await (told ? Promise.race([terminal.drained(), delay(LAST_WORDS_MS)]) : terminal.drained())
  // Threads that are still alive must not keep the process.
  return await leave(code)
}

/**
 * Calls `then` where nothing is left that could go on. Who awaits something in vain hears of it first and may go on from
 * there, so it must be so twice in a row.
 */
function onIdle(then: () => void): void {
  process.once('beforeExit', () => {
    setImmediate(() => process.once('beforeExit', then))
  })
}

const endedFromInside = (code: number): ErrorRecord => ({
  code: 'module/exit',
  message: `a module ended the process with exit code ${code} before the command was done`,
  remedy: 'throw an error instead of calling process.exit',
})

const unfinished = (): AgonError =>
  new AgonError(
    'internal/unfinished',
    'the command is not done, and nothing is left in this process that could end it',
    {
      remedy: 'a module that awaits what never comes does this; AGON_DEBUG=1 shows more',
    },
  )

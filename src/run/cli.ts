#!/usr/bin/env node
// The first of all: what is loaded before it is loaded under Node's own answers to signals.
import './terminal/process-signals.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { toErrorRecord } from '../core/errors.ts'
import { forbidTelemetry } from '../inference/forbid-telemetry.ts'
import { barAllNative } from '../inference/native-gate.ts'
import { version } from '../version.ts'
import { COMMANDS } from './commands/catalogue.ts'
import { engineServices } from './commands/engine-services.ts'
import { exitCodeOf } from './commands/exit-codes.ts'
import { main } from './commands/main.ts'
import { systemClock } from './system-clock.ts'
import { announcedInterrupts } from './terminal/interrupts.ts'
import { endWithoutTerminal } from './terminal/lost-terminal.ts'
import { onAnnouncement } from './terminal/process-signals.ts'
import { processTerminal } from './terminal/process-terminal.ts'
import { printError, printStack } from './terminal/terminal.ts'

/** How long those who read may take for the last words of a command that was told to end. */
const LAST_WORDS_MS = 2000

const { stdout, stderr, env } = process
const argv = process.argv.slice(2)
forbidTelemetry()
const debug = env.AGON_DEBUG === '1'
endWithoutTerminal((work) => process.on('exit', work))
const terminal = processTerminal(stdout, stderr, env, argv.includes('--json'))

/** Threads that compute are let finish what they are at: ended in the middle they would abort the process. */
const leave = async (now: number): Promise<never> => {
  await barAllNative()
  process.exit(now)
}

const unexpected = (error: unknown): void => {
  const record = toErrorRecord(error)
  printError(terminal, record)
  if (debug && error instanceof Error) printStack(terminal, error)
  void leave(exitCodeOf(error))
}
process.on('uncaughtException', unexpected)
process.on('unhandledRejection', unexpected)

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
    services: engineServices(systemClock),
    commands: COMMANDS,
  },
)
onAnnouncement(() => void leave(code))
await (told ? Promise.race([terminal.drained(), delay(LAST_WORDS_MS)]) : terminal.drained())
// Threads that are still alive must not keep the process.
await leave(code)

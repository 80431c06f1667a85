#!/usr/bin/env node
import { toErrorRecord } from '../core/errors.ts'
import { barAllNative } from '../inference/native-gate.ts'
import { version } from '../version.ts'
import { COMMANDS } from './commands/catalogue.ts'
import { engineServices } from './commands/engine-services.ts'
import { exitCodeOf } from './commands/exit-codes.ts'
import { main } from './commands/main.ts'
import { systemClock } from './system-clock.ts'
import type { Interrupts } from './terminal/interrupts.ts'
import { endWithoutTerminal } from './terminal/lost-terminal.ts'
import { processTerminal } from './terminal/process-terminal.ts'
import { printError } from './terminal/terminal.ts'

const { stdout, stderr, env } = process
const argv = process.argv.slice(2)
const debug = env.AGON_DEBUG === '1'
endWithoutTerminal((work) => process.on('exit', work))
const terminal = processTerminal(stdout, stderr, env, argv.includes('--json'))

const interrupts: Interrupts = (handler) => {
  // A scheduler sends TERM more than once, to a whole process tree and by way of a script: that is one wish, not two.
  let told = false
  const terminate = (): void => {
    if (!told) handler()
    told = true
  }
  process.on('SIGINT', handler)
  process.on('SIGTERM', terminate)
  return () => {
    process.off('SIGINT', handler)
    process.off('SIGTERM', terminate)
  }
}

/** Threads that compute are let finish what they are at: ended in the middle they would abort the process. */
const leave = async (now: number): Promise<never> => {
  await barAllNative()
  process.exit(now)
}

const unexpected = (error: unknown): void => {
  const record = toErrorRecord(error)
  printError(terminal, record)
  if (debug && error instanceof Error) terminal.err(`${error.stack}\n`)
  void leave(exitCodeOf(error))
}
process.on('uncaughtException', unexpected)
process.on('unhandledRejection', unexpected)

const code = await main(
  { argv, version, debug },
  {
    terminal,
    clock: systemClock,
    interrupts,
    exit: (now) => void leave(now),
    services: engineServices(systemClock),
    commands: COMMANDS,
  },
)
await terminal.drained()
// Threads that are still alive must not keep the process.
await leave(code)

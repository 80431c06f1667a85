#!/usr/bin/env node
// The first of all: what is loaded before it is loaded under Node's own answers to signals.
import './terminal/process-signals.ts'
import { nodeProblem } from '../core/node-version.ts'
import { printStartError } from './start-error.ts'

// The rest is loaded only by a Node that can: an old one stops at its syntax, with words of its own.

const problem = nodeProblem()
if (problem !== null) {
  printStartError(problem)
  process.exit(2)
}
// Before all the files that are opened at once: a machine that refuses to open so many is told of by it.
const { toErrorRecord } = await import('../core/errors.ts')
try {
  const { runCommandLine } = await import('./command-line.ts')
  await runCommandLine()
} catch (error) {
  printStartError(toErrorRecord(error))
  process.exit(2)
}

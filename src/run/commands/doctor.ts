import { paint } from '../terminal/line.ts'
import { formatTable } from '../terminal/table.ts'
import { printJson, printLines } from '../terminal/terminal.ts'
import type { Command } from './command.ts'
import { EXIT } from './exit-codes.ts'
import type { Check } from './machine-checks.ts'

export const doctorCommand: Command = {
  spec: {
    name: 'doctor',
    about:
      'check this machine: Node, cores, ONNX Runtime and its providers, memory, disk, football',
    positionals: [],
    options: {},
    notes: ['Exits with 1 if something that every run needs is missing; a missing GPU is none.'],
    examples: ['agon doctor', 'agon doctor --json'],
    onlyPrints: () => true,
  },
  async run(args, { terminal, services }) {
    const checks = await services.checkMachine()
    const ok = checks.every(({ state }) => state !== 'bad')
    if (args.flag('json')) {
      for (const check of checks) printJson(terminal, { kind: 'check', ...check })
      printJson(terminal, { kind: 'doctor', ok })
    } else {
      const rows = checks.map(({ state, name, text }) => [MARK[state], name, text])
      const lines = formatTable(rows)
      printLines(
        terminal,
        lines.map((line, i) => [paint(COLOR[checks[i].state], line.slice(0, 4)), line.slice(4)]),
      )
      terminal.out(ok ? 'ready\n' : 'not ready: mend what is marked\n')
    }
    return ok ? EXIT.ok : EXIT.failed
  },
}

const MARK: Readonly<Record<Check['state'], string>> = { good: 'ok', absent: '–', bad: 'BAD' }
const COLOR = { good: 'green', absent: 'dim', bad: 'red' } as const

import type { Check } from '../../../launch/check.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { paint } from '../../../views/text/line.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { CommandDefinition } from '../../command.ts'
import { printJson, printLines, type Terminal } from '../../terminal/terminal.ts'
import { type DoctorServices, doctorServices } from './services.ts'

export const doctorCommand: CommandDefinition<DoctorServices> = {
  services: doctorServices,
  spec: {
    name: 'doctor',
    about:
      'check this machine: Node, cores, memory, disk, ONNX Runtime, CUDA and its GPUs, football',
    positionals: [],
    options: {},
    notes: ['Exits with 1 if something that every run needs is missing; a missing GPU is none.'],
    examples: ['agon doctor', 'agon doctor --json'],
    onlyPrints: () => true,
  },
  async run(args, { terminal, services }) {
    const checks = await services.checkMachine()
    const ok = checks.every(({ state }) => state !== 'bad')
    printChecks(terminal, checks, args.flag('json'))
    if (args.flag('json')) printJson(terminal, { kind: 'doctor', ok })
    else terminal.out(ok ? 'ready\n' : 'not ready: mend what is marked\n')
    return ok ? EXIT.ok : EXIT.failed
  },
}

/** One line a check. */
export function printChecks(terminal: Terminal, checks: readonly Check[], json: boolean): void {
  if (json) {
    for (const check of checks) printJson(terminal, { kind: 'check', ...check })
    return
  }
  const lines = formatTable(checks.map(({ state, name, text }) => [MARK[state], name, text]))
  printLines(
    terminal,
    lines.map((line, i) => [paint(COLOR[checks[i].state], line.slice(0, 4)), line.slice(4)]),
  )
}

const MARK: Readonly<Record<Check['state'], string>> = { good: 'ok', absent: '–', bad: 'BAD' }
const COLOR = { good: 'green', absent: 'dim', bad: 'red' } as const

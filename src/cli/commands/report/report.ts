import { EXIT } from '../../../run/exit-codes.ts'
import type { CommandDefinition } from '../../command.ts'
import { printJson } from '../../terminal/terminal.ts'
import { type ReportServices, reportServices } from './services.ts'

export const reportCommand: CommandDefinition<ReportServices> = {
  services: reportServices,
  spec: {
    name: 'report',
    about: 'write the report.html of a run and print its path',
    positionals: [{ name: 'dir', about: 'the run directory', required: true }],
    options: {
      random: {
        value: 'DIR',
        about: 'of a search: set it beside the attempts of this run, for example of random levels',
      },
    },
    examples: [
      'agon report runs/maze-accel-1',
      'agon report stress-maze --random stress-maze-random',
    ],
  },
  async run(args, { terminal, services }) {
    const path = await services.writeReport(args.positionals[0], args.text('random'))
    if (args.flag('json')) printJson(terminal, { kind: 'report', path })
    else terminal.out(`${path}\n`)
    return EXIT.ok
  },
}

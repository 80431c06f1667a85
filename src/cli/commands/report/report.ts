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
      map: { value: 'FILE', about: 'of a search: write its map as an SVG too' },
    },
    examples: [
      'agon report runs/maze-accel-1',
      'agon report stress-maze --random stress-maze-random',
    ],
  },
  async run(args, { terminal, services }) {
    const [random, map] = [args.text('random'), args.text('map')]
    const path = await services.writeReport(args.positionals[0], {
      ...(random === undefined ? {} : { random }),
      ...(map === undefined ? {} : { map }),
    })
    const paths = map === undefined ? [path] : [path, map]
    if (args.flag('json')) printJson(terminal, { kind: 'report', path, ...(map && { map }) })
    else for (const one of paths) terminal.out(`${one}\n`)
    return EXIT.ok
  },
}

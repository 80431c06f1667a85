import { EXIT } from '../../../run/exit-codes.ts'
import type { CommandDefinition } from '../../command.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { type CompareServices, compareServices } from './services.ts'

export const compareCommand: CommandDefinition<CompareServices> = {
  services: compareServices,
  spec: {
    name: 'compare',
    about: 'compare the final evaluations of runs, grouped by config, over their seeds',
    positionals: [{ name: 'dirs', about: 'run directories', required: true, many: true }],
    options: {},
    notes: [
      'Per level, the mean, and the interquartile mean with a stratified bootstrap interval of 95 %.',
    ],
    examples: ['agon compare runs/dr-* runs/accel-*'],
    onlyPrints: () => true,
  },
  async run(args, { terminal, services }) {
    const comparison = await services.compare(args.positionals)
    if (args.flag('json')) printJson(terminal, { kind: 'comparison', ...comparison.json })
    else printLines(terminal, comparison.lines)
    return EXIT.ok
  },
}

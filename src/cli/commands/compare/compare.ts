import { EXIT } from '../../../run/exit-codes.ts'
import type { CommandDefinition } from '../../command.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { COMPARE_FILES, writeFiles, writesFiles } from './compare-files.ts'
import { type CompareServices, compareServices } from './services.ts'

export const compareCommand: CommandDefinition<CompareServices> = {
  services: compareServices,
  spec: {
    name: 'compare',
    about: 'compare the final evaluations of runs, grouped by config, over their seeds',
    positionals: [{ name: 'dirs', about: 'run directories', required: true, many: true }],
    options: COMPARE_FILES,
    notes: [
      'Per level, the mean, the interquartile mean and the optimality gap with stratified bootstrap intervals of 95 %, the probability that one group beats another, and what a run took.',
    ],
    examples: [
      'agon compare runs/dr-* runs/accel-*',
      'agon compare runs/* --html runs/comparison.html --csv runs/scores.csv',
    ],
    onlyPrints: (args) => !writesFiles(args),
  },
  async run(args, { terminal, services }) {
    const comparison = await services.compare(args.positionals)
    const written = await writeFiles(args, comparison, services.write)
    if (args.flag('json'))
      printJson(terminal, { kind: 'comparison', ...comparison.json, ...filesOf(written) })
    else printLines(terminal, [...comparison.lines, ...written.map((path) => `written  ${path}`)])
    return EXIT.ok
  },
}

const filesOf = (written: readonly string[]): { readonly files?: readonly string[] } =>
  written.length === 0 ? {} : { files: written }

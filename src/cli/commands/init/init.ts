import { EXIT } from '../../../run/exit-codes.ts'
import type { CommandDefinition } from '../../command.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { type InitServices, initServices } from './services.ts'

export const initCommand: CommandDefinition<InitServices> = {
  services: initServices,
  spec: {
    name: 'init',
    about: 'make a folder to start from: config, environment, test and a README of two commands',
    positionals: [
      {
        name: 'folder',
        about: 'where to write it, empty or not there yet; by default the name of the template',
        required: false,
      },
    ],
    options: {
      template: {
        value: 'NAME',
        about: 'python-env, custom-env (TypeScript) or maze; by default custom-env',
      },
    },
    notes: ['No file is ever overwritten.'],
    examples: ['agon init', 'agon init --template python-env corridor'],
  },
  async run(args, { terminal, services }) {
    const template = args.text('template') ?? 'custom-env'
    const folder = args.positionals[0] ?? template
    const { files, next } = await services.makeFolder({ template, folder })
    if (args.flag('json')) printJson(terminal, { kind: 'init', template, folder, files, next })
    else printLines(terminal, [...files, '', 'next:', ...next.map((line) => `  ${line}`)])
    return EXIT.ok
  },
}

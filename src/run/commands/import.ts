import { basename, join } from 'node:path'
import { RELEASES } from '../../play/releases/releases.ts'
import { printJson } from '../terminal/terminal.ts'
import type { Command } from './command.ts'
import { EXIT } from './exit-codes.ts'

const names = RELEASES.map(({ name }) => name)

export const importCommand: Command = {
  spec: {
    name: 'import',
    about: 'give a policy that others released as a bare ONNX file the card it lacks',
    positionals: [{ name: 'file', about: 'the .onnx file as it was released', required: true }],
    options: {
      as: {
        value: 'RELEASE',
        about: `${names.join(' or ')}; by default what the graph looks like`,
      },
      out: { value: 'DIR', about: 'where the policy and its card are written; default here' },
    },
    notes: ['The network itself is copied byte for byte.'],
    examples: [
      'agon import ~/Downloads/tizero.onnx --out policies',
      'agon import beat_bot.onnx --as grf-marl',
    ],
  },
  async run(args, { terminal, services }) {
    const [file] = args.positionals
    const path = join(args.text('out') ?? '.', basename(file))
    const { environment } = await services.importPolicy(file, args.text('as'), path)
    if (args.flag('json')) printJson(terminal, { kind: 'imported', path, environment })
    else terminal.out(`${path} (${environment.id}, ${environment.profile})\n`)
    return EXIT.ok
  },
}

import { AgonError } from '../../../core/errors.ts'
import { hubTarget } from '../../../launch/hub/hub-target.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { CommandDefinition } from '../../command.ts'
import { DIAL_OPTIONS, dialFiles } from '../../options/dial-options.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { type LaunchServices, launchServices } from './services.ts'

export const launchCommand: CommandDefinition<LaunchServices> = {
  services: launchServices,
  spec: {
    name: 'launch',
    about: 'start a run where an agon hub is',
    positionals: [
      {
        name: 'config',
        about: 'a YAML file; its module paths start from the folder of the hub',
        required: true,
      },
    ],
    options: {
      to: {
        value: 'HUB',
        about: 'host:port of an agon hub, its hub.json or its folder; by default runs',
      },
      set: { value: 'KEY=VALUE', about: 'replace one value of the config', many: true },
      name: { value: 'NAME', about: 'name of the run directory in the folder of the hub' },
      ...DIAL_OPTIONS,
    },
    examples: [
      'agon launch recipes/maze-accel-quick.yaml',
      'agon launch maze.yaml --to login1:7070 --token-file hub.token --set seed=3',
    ],
  },
  async run(args, { terminal, services }) {
    const [path] = args.positionals
    const to = args.text('to') ?? 'runs'
    const target = hubTarget(to)
    if (target.kind === 'silent')
      throw new AgonError('control/not-running', 'no hub serves this folder', {
        place: to,
        remedy: 'start one with `agon hub`, or say --to which one',
      })
    const { text, name } = await services.readConfigText(path)
    const client = await services.experiments(target.target, dialFiles(args))
    try {
      const run = await client.launch({
        config: text,
        set: [...(name === null ? [] : [`name=${name}`]), ...args.texts('set')],
        name: args.text('name') ?? '',
      })
      if (args.flag('json')) printJson(terminal, { kind: 'run', ...run })
      else
        printLines(
          terminal,
          formatTable([
            ['run', run.id],
            ['directory', run.dir],
            ['watch', `agon watch ${to} --run ${run.id}`],
          ]),
        )
      return EXIT.ok
    } finally {
      client.close()
    }
  },
}

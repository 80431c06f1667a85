import type { ErrorRecord } from '../../../core/errors.ts'
import type { FolderEvent } from '../../../launch/hub/serve-folder.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import type { CommandDefinition } from '../../command.ts'
import { HUB_OPTIONS, hubOverrides } from '../../options/hub-options.ts'
import { printJson, printWarning } from '../../terminal/terminal.ts'
import { type HubServices, hubServices } from './services.ts'

export const hubCommand: CommandDefinition<HubServices> = {
  services: hubServices,
  spec: {
    name: 'hub',
    about: 'serve all runs of a folder, and launch new ones',
    positionals: [],
    options: {
      root: { value: 'DIR', about: 'the folder that holds the runs, by default runs' },
      ...HUB_OPTIONS,
    },
    notes: [
      'Who has its token can run code here: a config may name modules.',
      'Ctrl-C ends the hub alone; the runs go on, and the next hub of the folder finds them.',
    ],
    examples: ['agon hub', 'agon hub --root /data/runs --listen 127.0.0.1:7070'],
  },
  async run(args, { terminal, services, interrupts }) {
    const json = args.flag('json')
    const root = args.text('root') ?? 'runs'
    let release = (): void => {}
    const ended = new Promise<void>((resolve) => {
      release = interrupts(resolve)
    })
    const warn = (warning: ErrorRecord): void => {
      if (json) printJson(terminal, { kind: 'warning', warning })
      else printWarning(terminal, warning)
    }
    const onEvent = (event: FolderEvent): void => {
      if (json) printJson(terminal, event)
      else if (event.kind === 'launched') terminal.err(`launched ${event.dir}\n`)
      else terminal.err(`ended ${event.dir} with ${event.code ?? 'a signal'}\n`)
    }
    const hub = await services.serveFolder(root, hubOverrides(args), onEvent, warn)
    const { address, file, warnings, lost } = hub
    try {
      if (json) printJson(terminal, { kind: 'listening', address, file, root })
      else terminal.err(`hub of ${root} at ${address} (${file})\n`)
      for (const warning of warnings) warn(warning)
      await Promise.race([ended, lost])
    } finally {
      release()
      await hub.close()
    }
    return EXIT.ok
  },
}

import type { CommandDefinition } from '../../command.ts'
import { showRun } from '../../following/show-run.ts'
import { HUB_OPTIONS, hubOverrides } from '../../options/hub-options.ts'
import { type ResumeServices, resumeServices } from './services.ts'

export const resumeCommand: CommandDefinition<ResumeServices> = {
  services: resumeServices,
  spec: {
    name: 'resume',
    about: 'go on with a run from its newest good cut',
    positionals: [{ name: 'dir', about: 'the run directory', required: true }],
    options: {
      set: {
        value: 'KEY=VALUE',
        about: 'change a value that may change, such as budget.cycles; the rest is refused',
        many: true,
      },
      ...HUB_OPTIONS,
    },
    notes: [
      'On the same platform the end result has the bits of a run that was never interrupted.',
      'Ctrl-C works as in agon run.',
    ],
    examples: [
      'agon resume runs/maze-accel-1',
      'agon resume runs/maze-accel-1 --set budget.cycles=2000',
    ],
  },
  async run(args, context) {
    const { services } = context
    const [dir] = args.positionals
    const set = [...args.texts('set'), ...hubOverrides(args)]
    return await showRun(
      (onProgress) => services.resume(dir, { set, onProgress }),
      args.flag('json'),
      context,
    )
  },
}

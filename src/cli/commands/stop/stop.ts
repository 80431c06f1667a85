import { toErrorRecord } from '../../../core/errors.ts'
import type { ExperimentsClient } from '../../../launch/hub/experiments-client.ts'
import type { RunView } from '../../../launch/hub/run-view.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import type { CommandContext, CommandDefinition } from '../../command.ts'
import { endOf, followRun } from '../../following/follow-run.ts'
import { RUN_OPTION, RUN_POSITIONAL, withRun } from '../../following/target-run.ts'
import { type TargetServices, targetServices } from '../../following/target-services.ts'
import { DIAL_OPTIONS, dialFiles } from '../../options/dial-options.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { watchedSummary } from '../../terminal/watched-run.ts'

export const stopCommand: CommandDefinition<TargetServices> = {
  services: targetServices,
  spec: {
    name: 'stop',
    about: 'stop a run with a cut, as Ctrl-C does where it runs',
    positionals: [RUN_POSITIONAL],
    options: {
      ...RUN_OPTION,
      'no-wait': { about: 'ask and leave; by default the command ends when the run has ended' },
      ...DIAL_OPTIONS,
    },
    notes: ['`agon resume` goes on from the cut.'],
    examples: ['agon stop runs/maze-accel-1', 'agon stop runs/hub.json --run 4aea7d --no-wait'],
  },
  async run(args, context) {
    const { terminal } = context
    const [target] = args.positionals
    const json = args.flag('json')
    const told = (run: RunView): void => {
      if (json) printJson(terminal, { kind: 'run', ...run })
      else printLines(terminal, watchedSummary(run))
    }
    return await withRun({ target, run: args.text('run') ?? '', files: dialFiles(args) }, context, {
      async live(client, id) {
        if (args.flag('no-wait')) {
          told(await client.stop(id))
          return EXIT.ok
        }
        return await stopAndWait(client, id, told, context)
      },
      ended(run) {
        told(run)
        endOf(run)
        return EXIT.ok
      },
    })
  },
}

/** Watches before it asks, so that the end cannot be missed. */
async function stopAndWait(
  client: ExperimentsClient,
  id: string,
  told: (run: RunView) => void,
  { interrupts }: CommandContext,
): Promise<ExitCode> {
  let release = (): void => {}
  const left = new Promise<null>((resolve) => {
    release = interrupts(() => resolve(null))
  })
  let heard = (): void => {}
  const first = new Promise<void>((resolve) => {
    heard = resolve
  })
  try {
    const ended = followRun(client, id, heard)
    await Promise.race([left, first, ended])
    const asked = client.stop(id).then(
      () => ended,
      // It ended by itself in this very moment, or its hub is gone: the watch knows which.
      (error) => (toErrorRecord(error).code === 'wire/unavailable' ? ended : Promise.reject(error)),
    )
    const run = await Promise.race([left, asked])
    if (run === null) return EXIT.interrupted
    told(run)
    endOf(run)
    return EXIT.ok
  } finally {
    release()
  }
}

import type { ExperimentsClient } from '../../../launch/hub/experiments-client.ts'
import type { RunNews } from '../../../launch/hub/run-view.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import type { CommandDefinition, ServedContext } from '../../command.ts'
import { endOf } from '../../following/follow-run.ts'
import { RUN_OPTION, RUN_POSITIONAL, withRun } from '../../following/target-run.ts'
import { DIAL_OPTIONS, dialFiles } from '../../options/dial-options.ts'
import { jsonProgress, terminalProgress } from '../../terminal/progress.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { showNews, watchedSummary } from '../../terminal/watched-run.ts'
import { keepFollowing, type Retrying } from './keep-following.ts'
import { type WatchServices, watchServices } from './services.ts'

export const watchCommand: CommandDefinition<WatchServices> = {
  services: watchServices,
  spec: {
    name: 'watch',
    about: 'watch a run from elsewhere until it ends',
    positionals: [RUN_POSITIONAL],
    options: { ...RUN_OPTION, ...DIAL_OPTIONS },
    notes: [
      'Ends with the run and with its exit code. Where the stream breaks, the hub is looked for again for ten seconds: a run that is resumed is watched on.',
      'Ctrl-C ends the watching alone (130); the run goes on.',
    ],
    examples: ['agon watch runs/maze-accel-1', 'agon watch runs/hub.json --run 4aea7d --json'],
  },
  async run(args, context) {
    const [target] = args.positionals
    const json = args.flag('json')
    return await withRun({ target, run: args.text('run') ?? '', files: dialFiles(args) }, context, {
      live: (client, id, again) => watchLive(client, id, json, context, again),
      ended(run) {
        if (json) printJson(context.terminal, { kind: 'run', ...run })
        const code = endOf(run)
        if (!json) printLines(context.terminal, watchedSummary(run))
        return code
      },
    })
  },
}

async function watchLive(
  client: ExperimentsClient,
  id: string,
  json: boolean,
  { terminal, clock, interrupts, services }: ServedContext<WatchServices>,
  again: Retrying['again'],
): Promise<ExitCode> {
  const progress = json ? jsonProgress(terminal) : terminalProgress(terminal, clock)
  const show = showNews(progress, terminal.interactive)
  const tell = (news: RunNews): void => {
    if (!json) show(news)
    else if (news.kind === 'run') printJson(terminal, { kind: 'run', ...news.run })
    else printJson(terminal, news)
  }
  let release = (): void => {}
  const left = new Promise<null>((resolve) => {
    release = interrupts(() => resolve(null))
  })
  try {
    const run = await Promise.race([
      left,
      keepFollowing(client, id, tell, { again, pause: services.pause }),
    ])
    progress.close()
    if (run === null) return EXIT.interrupted
    const code = endOf(run)
    if (!json) printLines(terminal, watchedSummary(run))
    return code
  } finally {
    progress.close()
    release()
  }
}

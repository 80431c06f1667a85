import { existsSync, statSync } from 'node:fs'
import type { LiveRun } from '../../../launch/hub/live-runs.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { formatCount, formatShare, formatSolved } from '../../../views/text/quantities.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { CommandDefinition } from '../../command.ts'
import { DIAL_OPTIONS, dialFiles } from '../../options/dial-options.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { type PsServices, psServices } from './services.ts'

type Shown = Pick<
  LiveRun,
  | 'dir'
  | 'id'
  | 'status'
  | 'spent'
  | 'done'
  | 'solvedRate'
  | 'measures'
  | 'slots'
  | 'actors'
  | 'problem'
>

const HEAD = ['run', 'id', 'status', 'done', 'cycles', 'solved', '']
const NOT_KNOWN = '–'

export const psCommand: CommandDefinition<PsServices> = {
  services: psServices,
  spec: {
    name: 'ps',
    about: 'list runs as they are now, with their actors',
    positionals: [
      {
        name: 'root',
        about:
          'the folder that holds runs, by default runs; or host:port of a hub, or its hub.json',
        required: false,
      },
    ],
    options: DIAL_OPTIONS,
    notes: [
      'The hub of each run that is going on is asked; the other runs are told of by their files.',
    ],
    examples: ['agon ps', 'agon ps /data/runs --json', 'agon ps login1:7070'],
    onlyPrints: () => true,
  },
  async run(args, { terminal, services }) {
    const [root = 'runs'] = args.positionals
    const files = dialFiles(args)
    const folder = args.positionals.length === 0 || isFolder(root)
    const runs: readonly Shown[] = folder
      ? await services.liveRuns(root, files)
      : await listed(await services.experiments(root, files))
    if (args.flag('json')) for (const run of runs) printJson(terminal, { kind: 'run', ...run })
    else if (runs.length > 0) printLines(terminal, lines(runs))
    if (runs.length === 0) terminal.err(`no runs in ${root}\n`)
    return EXIT.ok
  },
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()

async function listed(client: {
  list(): Promise<readonly Omit<Shown, 'problem'>[]>
  close(): void
}): Promise<readonly Shown[]> {
  try {
    return await client.list()
  } finally {
    client.close()
  }
}

/** Under each run its actors. */
function lines(runs: readonly Shown[]): string[] {
  const [head, ...rows] = formatTable(
    [HEAD, ...runs.map(row)],
    ['left', 'left', 'left', 'right', 'right', 'right'],
  )
  const actors = runs.flatMap((run) => run.actors)
  const actorRows = formatTable(
    actors.map(({ actor, placement, state, name }) => [`  ${actor}`, placement, state, name]),
  )
  let next = 0
  return [
    head,
    ...rows.flatMap((line, index) => {
      const own = actorRows.slice(next, next + runs[index].actors.length)
      next += own.length
      return [line, ...own]
    }),
  ]
}

const row = ({ dir, id, status, spent, done, problem, ...solved }: Shown): string[] => [
  dir,
  id === '' ? NOT_KNOWN : id,
  status,
  done === null ? NOT_KNOWN : formatShare(done),
  spent === null ? NOT_KNOWN : formatCount(spent.cycles),
  formatSolved(solved) ?? NOT_KNOWN,
  problem ?? '',
]

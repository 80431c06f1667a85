import { EXIT } from '../../../run/exit-codes.ts'
import type { RunListing } from '../../../views/listing/run-listing.ts'
import { formatCount, formatShare, formatSolved } from '../../../views/text/quantities.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { Command } from '../../command.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'

const HEAD = ['run', 'status', 'done', 'cycles', 'updates', 'env steps', 'solved', 'of']
const NOT_KNOWN = '–'

export const lsCommand: Command = {
  spec: {
    name: 'ls',
    about: 'list runs with their status, what they spent and their last solved rate',
    positionals: [
      { name: 'root', about: 'the folder that holds runs, by default runs', required: false },
    ],
    options: {},
    notes: ['interrupted: the process is gone; agon resume goes on from the last cut.'],
    examples: ['agon ls', 'agon ls /data/runs --json'],
    onlyPrints: () => true,
  },
  async run(args, { terminal, services }) {
    const [root = 'runs'] = args.positionals
    const runs = await services.listRuns(root)
    if (args.flag('json')) for (const run of runs) printJson(terminal, { kind: 'run', ...run })
    else if (runs.length > 0)
      printLines(
        terminal,
        formatTable(
          [HEAD, ...runs.map(row)],
          ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
        ),
      )
    if (runs.length === 0) terminal.err(`no runs in ${root}\n`)
    return EXIT.ok
  },
}

function row({ dir, status, spent, done, suite, problem, ...solved }: RunListing): string[] {
  const count = (unit: 'cycles' | 'gradientUpdates' | 'envSteps'): string =>
    spent === null ? NOT_KNOWN : formatCount(spent[unit])
  return [
    dir,
    status,
    done === null ? NOT_KNOWN : formatShare(done),
    count('cycles'),
    count('gradientUpdates'),
    count('envSteps'),
    formatSolved(solved) ?? NOT_KNOWN,
    problem ?? suite ?? NOT_KNOWN,
  ]
}

import type { Spent } from '../../../run/contract.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import type { RunListing } from '../../../views/listing/run-listing.ts'
import { otherCounts } from '../../../views/text/counts.ts'
import { formatCount, formatShare, formatSolved } from '../../../views/text/quantities.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { CommandDefinition } from '../../command.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { type LsServices, lsServices } from './services.ts'

const HEAD = ['run', 'status', 'done', 'cycles', 'updates', 'env steps', 'solved', 'of']
const NAMES = ['evaluations', 'calls', 'tokens', 'money', 'wall clock']
const NOT_KNOWN = '–'

export const lsCommand: CommandDefinition<LsServices> = {
  services: lsServices,
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
    const staged = runs.some(({ stage }) => stage !== undefined)
    const others = NAMES.filter((name) =>
      runs.some(({ spent }) => spent !== null && countsOf(spent).has(name)),
    )
    if (args.flag('json')) for (const run of runs) printJson(terminal, { kind: 'run', ...run })
    else if (runs.length > 0)
      printLines(
        terminal,
        formatTable(
          [
            HEAD.toSpliced(6, 0, ...others).toSpliced(2, 0, ...(staged ? ['stage'] : [])),
            ...runs.map((run) =>
              row(run, others).toSpliced(2, 0, ...(staged ? [stageText(run)] : [])),
            ),
          ],
          [
            ...Array<'left'>(staged ? 3 : 2).fill('left'),
            ...Array<'right'>(5 + others.length).fill('right'),
          ],
        ),
      )
    if (runs.length === 0) terminal.err(`no runs in ${root}\n`)
    return EXIT.ok
  },
}

/** `harden 2/3`; nothing where the run has no stages. */
const stageText = ({ stage }: RunListing): string =>
  stage === undefined ? '' : `${stage.name} ${stage.number}/${stage.of}`

const countsOf = (spent: Spent): ReadonlyMap<string, string> =>
  new Map(otherCounts(spent).map(({ name, value }) => [name.toLowerCase(), value]))

/** @param others what at least one of the runs listed has counted beside cycles, updates and steps */
function row(
  { dir, status, spent, done, suite, problem, ...solved }: RunListing,
  others: readonly string[],
): string[] {
  const count = (unit: 'cycles' | 'gradientUpdates' | 'envSteps'): string =>
    spent === null ? NOT_KNOWN : formatCount(spent[unit])
  return [
    dir,
    status,
    done === null ? NOT_KNOWN : formatShare(done),
    count('cycles'),
    count('gradientUpdates'),
    count('envSteps'),
    ...others.map((name) => (spent === null ? undefined : countsOf(spent).get(name)) ?? NOT_KNOWN),
    formatSolved(solved) ?? NOT_KNOWN,
    problem ?? suite ?? NOT_KNOWN,
  ]
}

import { join } from 'node:path'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { valuesText } from '../../../views/archive/present-archive.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { Arguments, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import type { StressServices } from './services.ts'
import { stressSpec } from './spec.ts'

/** Plays an attempt again, and says whether it came out as it did. */
export async function stressReplay(
  args: Arguments,
  { services, terminal }: ServedContext<StressServices>,
): Promise<ExitCode> {
  const [, dir, id] = args.positionals
  if (dir === undefined || id === undefined)
    throw usage(
      stressSpec,
      'usage/argument',
      'replay takes the directory of a stress test and an id',
    )
  const { row, tasks, page } = await services.replay(dir, id, args.integer('workers', 1, 256) ?? 1)
  const path = args.text('out') ?? join(dir, `replay-${id}.html`)
  if (page !== null) await services.write(path, page)
  const same = tasks.every((task) => task.same)
  const written = page === null ? null : path
  if (args.flag('json'))
    printJson(terminal, {
      ...{ kind: 'replay', id, same, page: written, objective: row.objective, values: row.values },
      tasks: tasks.map(({ task, ...came }) => ({ task: task.task, repeat: task.repeat, ...came })),
    })
  else
    printLines(terminal, [
      ...formatTable([
        ['attempt', `${id} of cycle ${row.cycle}, ${row.emitter}: ${valuesText(row.values)}`],
        ...tasks.map(({ task, recorded, replayed, same: equal }) => [
          `${task.task} (repeat ${task.repeat})`,
          equal ? `${recorded} again` : `${replayed}, not ${recorded} as it was recorded`,
        ]),
        ...(written === null
          ? [['page', 'none: this environment draws no states, or the episode did not end']]
          : [['page', written]]),
      ]),
    ])
  if (same) return EXIT.ok
  terminal.err('the attempt did not come out as it did: another platform, engine or environment\n')
  return EXIT.failed
}

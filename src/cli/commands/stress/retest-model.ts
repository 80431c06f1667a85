import { join } from 'node:path'
import { parseModelAddress } from '../../../launch/stress/prompts/model-address.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { retestLines } from '../../../views/archive/present-retest.ts'
import type { Arguments, ServedContext } from '../../command.ts'
import { statusLine } from '../../terminal/status-line.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import type { StressServices } from './services.ts'
import { isOver, limitOf, verdictText } from './verdict.ts'

const UINT32 = 2 ** 32 - 1
const TOP = 1000
const LISTED = 10

/** Asks a language model the prompts of an archive again; who judges is outside the search. */
export async function retestModel(
  args: Arguments,
  dir: string,
  model: string,
  { services, terminal }: Pick<ServedContext<StressServices>, 'services' | 'terminal' | 'clock'>,
): Promise<ExitCode> {
  const limit = limitOf(args)
  const name = parseModelAddress(model).name.replace(/[^A-Za-z0-9_.-]+/g, '-')
  const status = statusLine(terminal)
  const file = await services
    .retestPrompts({
      ...{ dir, model, name },
      top: args.integer('top', 1) ?? TOP,
      repeats: args.integer('repeats', 1) ?? 1,
      seed: args.integer('seed', 0, UINT32) ?? 0,
      onProgress: ({ done, of }) => status.update([`retest ${done}/${of}`]),
    })
    .finally(() => status.clear())
  const out = args.text('out') ?? join(dir, `retest-${name}.json`)
  await services.write(out, `${JSON.stringify(file, null, 1)}\n`)
  const findings = { values: file.levels.flatMap(({ fresh }) => fresh ?? []) }
  const over = limit !== null && isOver(limit, findings)
  if (args.flag('json'))
    printJson(terminal, { kind: 'retest', path: out, ...file, ...(limit === null ? {} : { over }) })
  else printLines(terminal, [...retestLines(file, LISTED), '', `retest  ${out}`])
  if (over) terminal.err(verdictText(limit, findings))
  return over ? EXIT.exposed : EXIT.ok
}

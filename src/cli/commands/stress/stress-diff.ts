import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { comparisonLines } from '../../../views/archive/present-retest.ts'
import type { Arguments, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import type { StressServices } from './services.ts'
import { stressSpec } from './spec.ts'

const LISTED = 10

/** Two stress tests, or two retests of one archive. */
export async function stressDiff(
  args: Arguments,
  { services, terminal }: ServedContext<StressServices>,
): Promise<ExitCode> {
  const [, first, second] = args.positionals
  if (first === undefined || second === undefined)
    throw usage(
      stressSpec,
      'usage/argument',
      'diff takes two directories of stress tests, or two files of retests',
    )
  const comparison = await services.diff(first, second)
  const listed = args.integer('top', 1) ?? LISTED
  if (args.flag('json')) printJson(terminal, { kind: 'diff', first, second, ...comparison })
  else printLines(terminal, comparisonLines(comparison, listed))
  return EXIT.ok
}

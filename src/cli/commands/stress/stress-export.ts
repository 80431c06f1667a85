import { EXPORTS } from '../../../launch/stress/prompts/export-prompts.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import type { Arguments, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { printLines } from '../../terminal/terminal.ts'
import type { StressServices } from './services.ts'
import { stressSpec } from './spec.ts'

/** Writes the archive of a search for prompts in a form that others read. */
export async function stressExport(
  args: Arguments,
  { services, terminal }: ServedContext<StressServices>,
): Promise<ExitCode> {
  const [, dir, extra] = args.positionals
  if (dir === undefined || extra !== undefined)
    throw usage(stressSpec, 'usage/argument', 'export takes the directory of a search for prompts')
  const asked = args.text('as') ?? EXPORTS[0]
  const form = EXPORTS.find((one) => one === asked)
  if (form === undefined)
    throw usage(stressSpec, 'usage/value', `--as takes ${EXPORTS.join(', ')}, not '${asked}'`)
  const text = await services.exportPrompts(
    dir,
    form,
    args.integer('top', 1) ?? Number.MAX_SAFE_INTEGER,
  )
  const out = args.text('out')
  if (out === undefined) printLines(terminal, text.trimEnd().split('\n'))
  else await services.write(out, text)
  return EXIT.ok
}

import type { ExitCode } from '../../../run/exit-codes.ts'
import type { Arguments, CommandDefinition, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { type StressServices, stressServices } from './services.ts'
import { stressSpec } from './spec.ts'
import { stressDiff } from './stress-diff.ts'
import { stressExport } from './stress-export.ts'
import { stressReplay } from './stress-replay.ts'
import { stressRetest } from './stress-retest.ts'
import { stressPolicyOf } from './stress-run.ts'

type Part = (args: Arguments, context: ServedContext<StressServices>) => Promise<ExitCode>

/** What is done with a test that has been; any other first word is a policy to be tested. */
const PARTS: Readonly<Record<string, Part>> = {
  replay: stressReplay,
  retest: stressRetest,
  diff: stressDiff,
  export: stressExport,
}

export const stressCommand: CommandDefinition<StressServices> = {
  services: stressServices,
  spec: stressSpec,
  async run(args, context) {
    const [word, extra] = args.positionals
    if (Object.hasOwn(PARTS, word)) return await PARTS[word](args, context)
    if (extra !== undefined)
      throw usage(stressSpec, 'usage/argument', `'${extra}' is one argument too many`)
    return await stressPolicyOf(args, context)
  },
}

import type { Clock } from '../core/clock.ts'
import type { Command, CommandDefinition } from './command.ts'

/** A command with its services: the engine's, or those of a test. */
export function servedCommand<S>(
  definition: CommandDefinition<S>,
  services: (clock: Clock) => S = definition.services,
): Command {
  return {
    spec: definition.spec,
    run: (args, context) => definition.run(args, { ...context, services: services(context.clock) }),
  }
}

import { toErrorRecord } from '../../core/errors.ts'
import type { Environment } from '../../envs/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import type { RunConfig } from '../../run/contract.ts'
import { stageRun } from '../../run/stages/stage-files.ts'
import type { SelectedLevel } from './contract.ts'

/** The environment that a cycle was played in. @throws AgonError where it cannot be made here */
export function environmentOf(
  config: RunConfig,
  stage: string | undefined,
): Promise<Environment<unknown>> {
  const index = (config.stages ?? []).findIndex(({ name }) => name === stage)
  const { env } = index < 0 ? config : stageRun(config, index)
  return loadEnvironment({ module: env.module, options: env.options })
}

/** The text form of each level; where one cannot be read, why. */
export function levelTexts(
  { levels: space }: Environment<unknown>,
  levels: readonly SelectedLevel[],
): { readonly texts: readonly (string | null)[]; readonly problem: string | null } {
  let problem: string | null = null
  const texts = levels.map(({ level }) => {
    try {
      return space.format(space.decode(level))
    } catch (error) {
      problem ??= toErrorRecord(error).message
      return null
    }
  })
  return { texts, problem }
}

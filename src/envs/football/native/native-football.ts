import { AgonError } from '../../../core/errors.ts'
import { suggestion } from '../../../core/nearest.ts'
import { loadAddon, missingCuda } from './addon.ts'
import type { NativeFootball } from './contract.ts'
import { decodeLevel, encodeLevel, LEVEL_NUMBERS } from './level-record.ts'
import { nativeBatch } from './native-batch.ts'
import { named } from './native-error.ts'

/**
 * The simulator of this machine.
 * @throws AgonError `football/no-native` where it was not built
 */
export function nativeFootball(): NativeFootball {
  const addon = loadAddon()
  if (addon.levelNumbers !== LEVEL_NUMBERS) {
    throw new AgonError('football/no-native', 'the football simulator is of another version', {
      remedy: 'build it again: node native/addon/build.mjs',
    })
  }
  return {
    cuda: addon.cuda,
    stateBytes: addon.stateBytes,
    scenarios: addon.scenarios,
    cudaFault: () => (addon.cuda ? addon.cudaFault() : (missingCuda() ?? addon.cudaFault())),
    scenario(name, episode) {
      const record = new Float64Array(LEVEL_NUMBERS)
      if (!named(() => addon.scenario(name, episode, record))) throw unknownScenario(name, addon)
      return decodeLevel(record)
    },
    check: (level) => named(() => addon.check(encodeLevel(level, new Float64Array(LEVEL_NUMBERS)))),
    batch: (options) => nativeBatch(addon, options),
  }
}

function unknownScenario(
  name: string,
  { scenarios }: { readonly scenarios: readonly string[] },
): AgonError {
  return new AgonError('football/scenario', `there is no football scenario '${name}'`, {
    remedy: suggestion(name, scenarios),
  })
}

import type { ErrorRecord } from '../../../core/errors.ts'
import type { GameBatchOptions, NativeFootball } from './contract.ts'
import { REMEDIES } from './native-error.ts'

/** Why this machine has no such device, as a batch on it would be refused; null where it has. */
export function deviceFault(
  device: GameBatchOptions['device'],
  native: Pick<NativeFootball, 'cudaFault'>,
): ErrorRecord | null {
  const message = device === 'cuda' ? native.cudaFault() : null
  const code = 'football/device'
  return message === null ? null : { code, message, remedy: REMEDIES[code] }
}

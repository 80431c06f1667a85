import { AgonError } from '../../../core/errors.ts'

/** What to do about each refusal of the addon. */
export const REMEDIES: Readonly<Record<string, string>> = {
  'football/argument': 'see the contract in src/envs/football/native/contract.ts',
  'football/buffers': 'allocate arrays by the number of games and agents of the batch',
  'football/busy': 'await the promise of stepLater first',
  'football/closed': 'make a new batch',
  'football/device': "use the device 'cpu', or see `agon doctor` for what CUDA lacks",
  'football/encoding':
    "games with fewer players fit 'raw', 'simple115v2', 'simple115' and 'spatial'",
  'football/memory': 'make fewer games',
  'football/not-reset': 'reset every game before the first step',
  'football/threads': 'use fewer threads',
}

/** An Error of the addon as an AgonError of the same code; anything else as it is. */
export function nativeError(error: unknown): unknown {
  if (error instanceof AgonError || !(error instanceof Error)) return error
  const { code } = error as Error & { code?: unknown }
  if (typeof code !== 'string' || !code.startsWith('football/')) return error
  return new AgonError(code, error.message, { remedy: REMEDIES[code], cause: error })
}

/** Calls into the addon, with its Errors named. */
export function named<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw nativeError(error)
  }
}

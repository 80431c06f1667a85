import { AgonError } from '../../../../core/errors.ts'
import type { NativeFootball } from '../contract.ts'
import { nativeFootball } from '../native-football.ts'

/** The simulator, or null where this machine could not build it: for tests to skip, and be counted as skipped. */
export function nativeHere(): NativeFootball | null {
  try {
    return nativeFootball()
  } catch (error) {
    if (error instanceof AgonError && error.code === 'football/no-native') return null
    throw error
  }
}

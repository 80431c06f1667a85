import { AgonError } from 'agon/core'
import { nativeFootball } from 'agon/envs/football'

/** Whether this machine could build the simulator; where not, tests that play in it are skipped and counted. */
export const FOOTBALL_BUILT = ((): boolean => {
  try {
    return nativeFootball().scenarios.length > 0
  } catch (error) {
    if (error instanceof AgonError && error.code === 'football/no-native') return false
    throw error
  }
})()

/** Why this machine cannot step football on a GPU, or null. */
export const CUDA_FAULT = FOOTBALL_BUILT ? nativeFootball().cudaFault() : null

import { expect, it } from 'vitest'
import { type RestartIntensity, restart, restartIntensity } from './restart-intensity.ts'

it('allows N restarts in a window and forgets those outside it', () => {
  let record: RestartIntensity | null = restartIntensity(2, 1000)
  for (const now of [0, 500]) {
    record = restart(record as RestartIntensity, now)
    expect(record).not.toBeNull()
  }
  const full = record as RestartIntensity
  expect(restart(full, 999)).toBeNull()
  expect(restart(full, 1000)?.recent).toEqual([500, 1000])
  expect(restart(restartIntensity(0, 1000), 0)).toBeNull()
})

import { expect, it } from 'vitest'
import {
  beginsRow,
  exhaustion,
  progressed,
  type RestartIntensity,
  restart,
  restartIntensity,
} from './restart-intensity.ts'

it('allows N restarts in a window and forgets those outside it', () => {
  let record: RestartIntensity | null = restartIntensity(2, 1000)
  for (const now of [0, 500]) {
    record = restart(record as RestartIntensity, now)
    expect(record).not.toBeNull()
  }
  const full = record as RestartIntensity
  expect(restart(full, 999)).toBeNull()
  expect(restart(progressed(full), 1000)?.recent).toEqual([500, 1000])
  expect(restart(restartIntensity(0, 1000), 0)).toBeNull()
})

it('allows N restarts in a row that bring nothing new, however far apart', () => {
  let record = restartIntensity(3, 1000)
  for (const now of [0, 10_000, 20_000]) record = restart(record, now) as RestartIntensity
  expect(restart(record, 1e9)).toBeNull()
  expect(exhaustion(record, 1e9)).toBe('3 restarts without anything new done')
  expect(restart(progressed(record), 1e9)).toMatchObject({ recent: [1e9], barren: 1 })
})

it('says which count is spent', () => {
  const once = restart(restartIntensity(1, 60_000), 0) as RestartIntensity
  expect(exhaustion(once, 0)).toBe('1 restart within 60 s')
  expect(exhaustion(once, 60_000)).toBe('1 restart without anything new done')
  expect(exhaustion(progressed(once), 60_000)).toBeNull()
  expect(exhaustion(restartIntensity(0, 1), 0)).toBe('no restarts are allowed')
})

it('knows the first of a row, by either count', () => {
  const first = restart(restartIntensity(9, 1000), 0) as RestartIntensity
  expect(beginsRow(first)).toBe(true)
  const later = restart(first, 50_000) as RestartIntensity
  expect(beginsRow(later)).toBe(false)
  expect(beginsRow(restart(progressed(later), 50_001) as RestartIntensity)).toBe(false)
  expect(beginsRow(restart(progressed(later), 90_000) as RestartIntensity)).toBe(true)
})

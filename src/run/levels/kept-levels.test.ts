import { expect, it } from 'vitest'
import type { CycleAttempts } from '../../actors/roles/experiment-contract.ts'
import { adversary as accel } from '../../adversaries/accel.ts'
import type { CuratorRecord } from '../../adversaries/curator/curator.ts'
import { adversary as parallelAccel } from '../../adversaries/parallel-accel.ts'
import { playCycle } from '../../adversaries/testing/fake-student.ts'
import { AGENT, anyOptions, countsOf, make, PAIR } from '../../adversaries/testing/play.ts'
import { levelId } from '../../core/ids.ts'
import { type Archives, archivesAfter } from './kept-levels.ts'
import { LevelNumbers } from './level-numbers.ts'
import { levelRow } from './level-row.ts'

/** What a record holds, by archive: id → score. */
const heldBy = ({ archives }: CuratorRecord) =>
  Object.fromEntries(
    Object.entries(archives).map(([name, { size, serials, scores }]) => [
      name,
      Object.fromEntries(
        Array.from({ length: size }, (_, entry) => [levelId(serials[entry]), scores[entry]]),
      ),
    ]),
  )

it.each([
  ['accel', anyOptions(accel), AGENT, {}],
  ['accel without unique levels', anyOptions(accel), AGENT, { unique: false }],
  ['accel, a buffer for each of two students', anyOptions(accel), PAIR, { shareLevels: false }],
  ['parallel-accel', anyOptions(parallelAccel), AGENT, {}],
] as const)('rows of %s give what its buffers hold after every cycle', (_, kind, slots, more) => {
  const adversary = make<object, CuratorRecord>(
    kind,
    { capacity: 12, minFill: 0.5, ...more },
    slots,
  )
  const numbers = new LevelNumbers()
  const bytes: string[] = []
  let record = adversary.init()
  let archives: Archives = new Map()
  const dropped = new Set<string>()
  for (let cycle = 1; cycle <= 40; cycle++) {
    const played = playCycle(adversary, record, cycle, countsOf(slots, 6))
    record = played.record
    const attempted: CycleAttempts = {
      batches: new Map(played.batches.map((batch) => [batch.slot, batch])),
      reports: new Map(),
      updates: new Map(),
      levels: played.levels,
      searched: [],
    }
    const row = JSON.parse(JSON.stringify(levelRow({ cycle, updates: 0, attempted }, numbers)))
    bytes.push(...row.new)
    archives = archivesAfter(archives, row)
    for (const one of Object.values<{ dropped: string[] }>(row.archives))
      for (const id of one.dropped) dropped.add(id)
    const told = Object.fromEntries(
      [...archives].map(([name, { levels, size }]) => {
        expect(levels.size).toBe(size)
        return [name, Object.fromEntries([...levels.values()].map(({ id, score }) => [id, score]))]
      }),
    )
    expect(told).toEqual(heldBy(record))
  }
  expect(dropped.size).toBeGreaterThan(5)
  // Each with the bytes, operator and parents that its buffer has.
  for (const [name, { lineage, size, serials }] of Object.entries(record.archives))
    for (const serial of serials.subarray(0, size)) {
      const { level, parents, operator, generation } = lineage.get(serial) as never as {
        level: Uint8Array
        parents: number[]
        operator: string
        generation: number
      }
      const origin = archives.get(name)?.levels.get(levelId(serial))?.origin
      expect(origin).toMatchObject({ operator, generation, parents: parents.map(levelId) })
      expect(bytes[origin?.number ?? -1]).toBe(Buffer.from(level).toString('base64'))
    }
})

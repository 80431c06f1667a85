import { expect, it } from 'vitest'
import type { Environment } from '../../contract.ts'
import { describeLevels } from './level-calls.ts'
import { plainBytes } from './plain-bytes.ts'

it('an environment gets levels that it may keep, and that are no views of a message', () => {
  const seen: Uint8Array[] = []
  const levels = {
    decode(bytes: Uint8Array) {
      seen.push(bytes)
      return 'level'
    },
    validate: () => null,
    key: String,
    format: String,
    features: () => ({}),
  }
  const message = Buffer.from([1, 2, 3, 4])
  const world = { levels } as unknown as Environment<unknown>
  describeLevels(world, { levels: [message.subarray(1, 3)] })
  message.fill(0)
  expect(seen).toEqual([Uint8Array.of(2, 3)])
  expect(seen.map((bytes) => [Buffer.isBuffer(bytes), bytes.buffer.byteLength])).toEqual([
    [false, 2],
  ])
  expect(plainBytes(message)).not.toBe(message)
})

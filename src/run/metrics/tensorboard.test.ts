import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock } from '../../core/clock.ts'
import { crc32c, maskedCrc32c, openEventFile } from './tensorboard.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'agon-tensorboard-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

type Fields = Map<number, (number | Buffer)[]>

/** A protobuf message as field number → values: varints and fixed as numbers, the rest as bytes. */
function decode(message: Buffer): Fields {
  const fields: Fields = new Map()
  let at = 0
  const varint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++]
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const key = varint()
    let value: number | Buffer
    if ((key & 7) === 0) value = varint()
    else if ((key & 7) === 1) {
      value = message.readDoubleLE(at)
      at += 8
    } else if ((key & 7) === 5) {
      value = message.readFloatLE(at)
      at += 4
    } else {
      const length = varint()
      value = message.subarray(at, at + length)
      at += length
    }
    fields.set(key >> 3, [...(fields.get(key >> 3) ?? []), value])
  }
  return fields
}

/** The payloads of a file, every length and CRC checked. */
function payloadsOf(path: string): Buffer[] {
  const file = readFileSync(path)
  const payloads: Buffer[] = []
  let at = 0
  while (at < file.length) {
    const length = file.readUInt32LE(at)
    expect(file.readUInt32LE(at + 4)).toBe(0)
    expect(file.readUInt32LE(at + 8)).toBe(maskedCrc32c(file.subarray(at, at + 8)))
    const payload = file.subarray(at + 12, at + 12 + length)
    expect(file.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(payload))
    payloads.push(payload)
    at += length + 16
  }
  return payloads
}

const readEvents = (path: string) => payloadsOf(path).map(decode)
const unframed = (path: string) => payloadsOf(path).map((payload) => payload.toString('hex'))

const sub = (fields: Fields, ...path: number[]): Fields =>
  path.reduce((inner, field) => decode(inner.get(field)?.[0] as Buffer), fields)
const options = (wall: number, epoch = 0, from = 0) => ({ epoch, from, clock: manualClock(wall) })
const doubles = (bytes: Buffer) =>
  Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(i * 8))

describe('CRC-32C', () => {
  it('gives the known answers of RFC 3720', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa)
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43)
  })

  it('masks as TFRecord does: the length 24 that starts every event file', () => {
    const length = Buffer.alloc(8)
    length.writeUInt32LE(24)
    expect(maskedCrc32c(length)).toBe(0x224b7fa3)
  })
})

describe('event files', () => {
  it('has the golden bytes of a file version, a session start and two scalars', () => {
    const file = openEventFile(dir, options(1000))
    file.scalars(7, { 'a/b': 0.5, c: -2 })
    file.close()
    const wall = '09000000000000f03f'
    const payloads = [
      `${wall}1a0d627261696e2e4576656e743a32`,
      `${wall}10013a020801`,
      `${wall}10072a160a0a0a03612f62150000003f0a080a016315000000c0`,
    ]
    expect(unframed(file.path)).toEqual(payloads)
    expect(readFileSync(file.path).toString('hex', 0, 12)).toBe('1800000000000000a37f4b22')
  })

  it('starts with the version, then a session start one step after the cut', () => {
    const file = openEventFile(dir, options(1_700_000_000_500, 2, 41))
    file.close()
    const [version, start] = readEvents(file.path)
    expect(version.get(1)).toEqual([1_700_000_000.5])
    expect(String(version.get(3)?.[0])).toBe('brain.Event:2')
    expect(start.get(2)).toEqual([42])
    expect(sub(start, 7).get(1)).toEqual([1])
  })

  it('writes scalars as float32 with their tags, one event a step', () => {
    const file = openEventFile(dir, options(1000))
    file.scalars(300, { 'agent/return_mean': 0.1, 'agent/entropy': 1.25 })
    file.close()
    const event = readEvents(file.path)[2]
    expect(event.get(2)).toEqual([300])
    const values = (sub(event, 5).get(1) as Buffer[]).map(decode)
    expect(values.map((value) => String(value.get(1)?.[0]))).toEqual([
      'agent/return_mean',
      'agent/entropy',
    ])
    expect(values.map((value) => value.get(2)?.[0])).toEqual([Math.fround(0.1), 1.25])
  })

  it('writes tags that cannot steer what shows them', () => {
    const file = openEventFile(dir, options(1000))
    file.scalars(1, { 'agent/\x1b[2J\u202e\nx': 1 })
    file.close()
    const [value] = sub(readEvents(file.path)[2], 5).get(1) as Buffer[]
    expect(String(decode(value).get(1)?.[0])).toBe('agent/\\x1b[2J\\u202e\\nx')
  })

  it('writes text as a string tensor of the text plugin', () => {
    const file = openEventFile(dir, options(1000))
    file.text(0, 'config', 'seed: 1')
    file.close()
    const value = sub(readEvents(file.path)[2], 5, 1)
    expect(String(sub(value, 9, 1).get(1)?.[0])).toBe('text')
    const tensor = sub(value, 8)
    expect(tensor.get(1)).toEqual([7])
    expect(sub(tensor, 2, 2).get(1)).toEqual([1])
    expect(String(tensor.get(8)?.[0])).toBe('seed: 1')
  })

  it('writes histograms whose counts add up', () => {
    const file = openEventFile(dir, options(1000))
    file.histogram(5, 'adversary/scores', [0, 1, 1, 2, 3])
    file.histogram(6, 'adversary/scores', [4, 4])
    file.histogram(7, 'adversary/scores', [])
    file.close()
    const events = readEvents(file.path)
    expect(events).toHaveLength(4)
    const histogram = sub(events[2], 5, 1, 5)
    expect([1, 2, 3, 4, 5].map((field) => histogram.get(field)?.[0])).toEqual([0, 3, 5, 7, 15])
    const limits = doubles(histogram.get(6)?.[0] as Buffer)
    const counts = doubles(histogram.get(7)?.[0] as Buffer)
    expect([limits.length, counts.length, limits[29]]).toEqual([30, 30, 3])
    expect([counts[0], counts[10], counts[20], counts[29]]).toEqual([1, 2, 1, 1])
    expect(doubles(sub(events[3], 5, 1, 5).get(7)?.[0] as Buffer)).toEqual([2])
  })

  it('sorts later epochs after earlier ones, also when the clock went back', () => {
    openEventFile(dir, options(5_000_000, 0)).close()
    const second = openEventFile(dir, options(4_000_000, 1, 10))
    second.close()
    const third = openEventFile(dir, options(4_000_000, 2, 12))
    third.close()
    const names = readdirSync(dir).sort()
    expect(names.map((name) => name.split('.').at(-2))).toEqual(['000000', '000001', '000002'])
    expect(names.every((name) => name.startsWith('events.out.tfevents.'))).toBe(true)
  })
})

import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../core/clock.ts'
import { visible } from '../../core/visible.ts'

/**
 * TensorBoard event files, written natively: TFRecord framing with masked CRC-32C around the few fields of
 * tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto that scalars, text and histograms need.
 */
export interface EventFile {
  readonly path: string
  /** One event with one value a tag. `step` is the cycle. */
  scalars(step: number, values: Readonly<Record<string, number>>): void
  /** Markdown under TensorBoard's text tab. */
  text(step: number, tag: string, markdown: string): void
  /** Thirty equal buckets between the smallest and the largest value; nothing is written for no values. */
  histogram(step: number, tag: string, values: ArrayLike<number>): void
  sync(): void
  close(): void
}

export interface EventFileOptions {
  /** Each epoch of a run has a file of its own. */
  readonly epoch: number
  /** The cycle that the epoch starts from: readers drop what earlier files said of later cycles. */
  readonly from: number
  readonly clock: Clock
}

/** Creates `dir` and a new event file in it that sorts after the ones there. */
export function openEventFile(dir: string, options: EventFileOptions): EventFile {
  mkdirSync(dir, { recursive: true })
  const path = join(dir, nextFileName(dir, options))
  const fd = openSync(path, 'wx')
  const wall = () => options.clock.wall() / 1000
  const write = (step: number, ...payload: Uint8Array[]) => {
    writeSync(fd, frame(concat([double(1, wall()), varintField(2, step), ...payload])))
  }
  writeSync(fd, frame(concat([double(1, wall()), string(3, 'brain.Event:2')])))
  write(options.from + 1, bytes(7, varintField(1, SESSION_START)))
  return {
    path,
    scalars: (step, values) =>
      write(step, bytes(5, concat(Object.keys(values).map((tag) => scalar(tag, values[tag]))))),
    text: (step, tag, markdown) => write(step, bytes(5, textValue(tag, markdown))),
    histogram(step, tag, values) {
      if (values.length > 0) write(step, bytes(5, histogramValue(tag, values)))
    },
    sync: () => fsyncSync(fd),
    close: () => closeSync(fd),
  }
}

const SESSION_START = 1
const DT_STRING = 7
const BUCKETS = 30

/** Readers take files in the order of their names, so a clock that went back must not put this one first. */
function nextFileName(dir: string, options: EventFileOptions): string {
  const earlier = readdirSync(dir).map((name) =>
    Number(/^events\.out\.tfevents\.(\d{10})\./.exec(name)?.[1] ?? 0),
  )
  const seconds = Math.max(Math.floor(options.clock.wall() / 1000), 0, ...earlier)
  const epoch = String(options.epoch).padStart(6, '0')
  const twin = earlier.filter((at) => at === seconds).length
  return `events.out.tfevents.${String(seconds).padStart(10, '0')}.agon.${epoch}.${String(twin).padStart(4, '0')}`
}

// ---- summaries ----

function scalar(tag: string, value: number): Uint8Array {
  return bytes(1, concat([string(1, visible(tag)), float(2, value)]))
}

function textValue(tag: string, text: string): Uint8Array {
  const tensor = concat([
    varintField(1, DT_STRING),
    bytes(2, bytes(2, varintField(1, 1))),
    string(8, text),
  ])
  const metadata = bytes(1, string(1, 'text'))
  return bytes(1, concat([string(1, visible(tag)), bytes(8, tensor), bytes(9, metadata)]))
}

function histogramValue(tag: string, values: ArrayLike<number>): Uint8Array {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let sum = 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    min = Math.min(min, values[i])
    max = Math.max(max, values[i])
    sum += values[i]
    squares += values[i] * values[i]
  }
  const buckets = max > min ? BUCKETS : 1
  const counts = new Float64Array(buckets)
  const limits = new Float64Array(buckets)
  for (let b = 0; b < buckets; b++) limits[b] = min + ((max - min) * (b + 1)) / buckets
  limits[buckets - 1] = max
  for (let i = 0; i < values.length; i++) {
    const at = max > min ? Math.floor(((values[i] - min) / (max - min)) * buckets) : 0
    counts[Math.min(at, buckets - 1)]++
  }
  const moments = [min, max, values.length, sum, squares].map((value, i) => double(i + 1, value))
  const histogram = concat([...moments, packedDoubles(6, limits), packedDoubles(7, counts)])
  return bytes(1, concat([string(1, visible(tag)), bytes(5, histogram)]))
}

// ---- protobuf wire format ----

function varint(value: number): number[] {
  const out: number[] = []
  let rest = value
  while (rest >= 128) {
    out.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  out.push(rest)
  return out
}

const varintField = (field: number, value: number): Uint8Array =>
  Uint8Array.from([field << 3, ...varint(value)])

const bytes = (field: number, payload: Uint8Array): Uint8Array =>
  concat([Uint8Array.from([(field << 3) | 2, ...varint(payload.length)]), payload])

const string = (field: number, text: string): Uint8Array => bytes(field, Buffer.from(text, 'utf8'))

function double(field: number, value: number): Uint8Array {
  const out = Buffer.alloc(9)
  out[0] = (field << 3) | 1
  out.writeDoubleLE(value, 1)
  return out
}

function float(field: number, value: number): Uint8Array {
  const out = Buffer.alloc(5)
  out[0] = (field << 3) | 5
  out.writeFloatLE(value, 1)
  return out
}

function packedDoubles(field: number, values: Float64Array): Uint8Array {
  const out = Buffer.alloc(values.length * 8)
  for (let i = 0; i < values.length; i++) out.writeDoubleLE(values[i], i * 8)
  return bytes(field, out)
}

const concat = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts)

// ---- TFRecord framing ----

/** uint64 length, its masked CRC, the payload, its masked CRC; all little-endian. */
function frame(payload: Uint8Array): Uint8Array {
  const out = Buffer.alloc(payload.length + 16)
  out.writeUInt32LE(payload.length, 0)
  out.writeUInt32LE(maskedCrc32c(out.subarray(0, 8)), 8)
  out.set(payload, 12)
  out.writeUInt32LE(maskedCrc32c(payload), 12 + payload.length)
  return out
}

/** CRC-32C rotated and offset, as TFRecord stores it, so that a CRC of data with CRCs in it stays sound. */
export function maskedCrc32c(data: Uint8Array): number {
  const crc = crc32c(data)
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

/** CRC-32C (Castagnoli), reflected polynomial 0x82f63b78. */
export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff
  for (let i = 0; i < data.length; i++) crc = CRC_TABLE[(crc ^ data[i]) & 0xff] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0x82f63b78 ^ (crc >>> 1) : crc >>> 1
  return crc
})

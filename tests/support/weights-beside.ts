import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { formatCard, type PolicyFile } from 'agon/inference'
import { fields } from '../../src/inference/onnx/protobuf-fields.ts'
import { lengthDelimited, rewriteTensors } from '../../src/inference/onnx/rewrite-tensors.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const RAW_DATA = 9
const EXTERNAL_DATA = 13
/** data_location = EXTERNAL */
const OUTSIDE = Uint8Array.of(0x70, 1)

const field = (number: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(parts)
  return Buffer.concat([lengthDelimited(number, body.length), body])
}
const entry = (key: string, value: string): Uint8Array =>
  field(EXTERNAL_DATA, field(1, utf8(key)), field(2, utf8(value)))

export interface Apart {
  readonly onnx: Uint8Array
  /** What stands in the file beside it. */
  readonly data: Uint8Array
}

/**
 * A model with the raw data of its tensors in a file of their own, as PyTorch and onnx.save write large ones.
 * @param say what the entries of a tensor say, where it is not its true place
 */
export function apart(
  whole: Uint8Array,
  location: string,
  say: Readonly<Record<string, string>> = {},
): Apart {
  const data: Uint8Array[] = []
  let offset = 0
  const onnx = rewriteTensors(whole, (tensor) => {
    const kept: Uint8Array[] = []
    let raw = new Uint8Array()
    for (const { number, value, start, end } of fields(tensor))
      if (number === RAW_DATA) raw = Uint8Array.from(value as Uint8Array)
      else kept.push(tensor.subarray(start, end))
    const place = { location, offset: String(offset), length: String(raw.length), ...say }
    data.push(raw)
    offset += raw.length
    return [...kept, ...Object.entries(place).map(([key, value]) => entry(key, value)), OUTSIDE]
  })
  return { onnx, data: Buffer.concat(data) }
}

/** Writes a policy with its weights in `<name>.onnx.data` beside it. */
export function writeApart(path: string, { onnx, card }: PolicyFile): void {
  const location = `${basename(path)}.data`
  const parts = apart(onnx, location)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(join(dirname(path), location), parts.data)
  writeFileSync(path, parts.onnx)
  writeFileSync(path.replace(/\.onnx$/, '.yaml'), formatCard(card))
}

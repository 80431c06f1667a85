import { corruptModel, fields } from './protobuf-fields.ts'

type Kind = 'model' | 'training' | 'function' | 'graph' | 'node' | 'attribute' | 'sparse' | 'tensor'

/** Where tensors can stand in a ModelProto: fields of onnx.proto that lead to a TensorProto. */
const PARTS: Readonly<Record<Kind, Readonly<Record<number, Kind>>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
}
/** As deep as protobuf's own readers go. */
const DEEPEST = 100

/** Bytes in the order they are to be written, and how many they are together. */
interface Pieces {
  readonly parts: readonly Uint8Array[]
  readonly length: number
}

/**
 * Shows every TensorProto of a model to `change`, in graphs inside of graphs too, and puts what it returns in its place.
 * @param change null leaves a tensor as it is
 * @returns the model itself where nothing was changed
 * @throws AgonError `onnx/corrupt`
 */
export function rewriteTensors(
  model: Uint8Array,
  change: (tensor: Uint8Array) => readonly Uint8Array[] | null,
): Uint8Array {
  if (isFlatbuffer(model)) return model
  const pieces = rewrite(model, 'model', change, 0)
  if (pieces === null) return model
  const whole = new Uint8Array(pieces.length)
  let at = 0
  for (const part of pieces.parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function rewrite(
  message: Uint8Array,
  kind: Kind,
  change: (tensor: Uint8Array) => readonly Uint8Array[] | null,
  depth: number,
): Pieces | null {
  if (kind === 'tensor') return asPieces(change(message))
  if (depth > DEEPEST) throw corruptModel(`its graphs are nested deeper than ${DEEPEST} messages`)
  const parts: Uint8Array[] = []
  let length = 0
  let copied = 0
  const add = (part: Uint8Array): void => {
    parts.push(part)
    length += part.length
  }
  for (const { number, value, start, end } of fields(message)) {
    const inner = PARTS[kind][number]
    if (inner === undefined || typeof value === 'number') continue
    const changed = rewrite(value, inner, change, depth + 1)
    if (changed === null) continue
    add(message.subarray(copied, start))
    add(lengthDelimited(number, changed.length))
    for (const part of changed.parts) add(part)
    copied = end
  }
  if (parts.length === 0) return null
  add(message.subarray(copied))
  return { parts, length }
}

function asPieces(parts: readonly Uint8Array[] | null): Pieces | null {
  if (parts === null) return null
  return { parts, length: parts.reduce((sum, part) => sum + part.length, 0) }
}

/** The key and the length that stand before a length-delimited field. */
export function lengthDelimited(number: number, length: number): Uint8Array {
  const bytes: number[] = []
  for (let rest of [number * 8 + 2, length]) {
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
    bytes.push(rest)
  }
  return Uint8Array.from(bytes)
}

/** ONNX Runtime's own format is no protobuf, and has no data outside. */
function isFlatbuffer(model: Uint8Array): boolean {
  return model.length > 8 && String.fromCharCode(...model.subarray(4, 8)) === 'ORTM'
}

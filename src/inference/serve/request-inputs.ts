import { AgonError } from '../../core/errors.ts'
import type { kserve } from '../../wire/index.ts'
import type { ModelShape } from './model-shape.ts'
import { drawNoise } from './noise.ts'
import { mismatch, type ReadRequest } from './read-request.ts'
import type { Sequence, SequenceTable } from './sequence-table.ts'

/**
 * The sequence that a request goes on with, begun if it asks so; undefined for one that brings its state along.
 * @throws AgonError `sequence/unknown`, `sequence/busy`, `sequence/rows`, `sequence/state`, `wire/overloaded`
 */
export function goOnWith(
  sequences: SequenceTable,
  shape: ModelShape,
  { parameters, rows }: ReadRequest,
  now: number,
): Sequence | undefined {
  const { sequence: asked, seed } = parameters
  if (asked === undefined) return undefined
  const rowBytes = shape.states.map((state) => state.rowBytes)
  if (asked.start) return sequences.start(asked.id, { rows, seed, rowBytes }, now)
  const found = sequences.goOn(asked.id, rows, now)
  const same =
    found.state.length === rowBytes.length &&
    found.state.every(({ length }, i) => length === rows * rowBytes[i])
  if (same) return found
  throw new AgonError(
    'sequence/state',
    `sequence '${asked.id}' began with a version of the model whose recurrent state was another`,
    { remedy: 'begin it anew with sequence_start' },
  )
}

/**
 * The bytes of every input: those of the request, the state of its sequence, and noise drawn for it.
 * @throws AgonError `inference/inputs`, `inference/noise`
 */
export function completeInputs(
  shape: ModelShape,
  request: kserve.ModelInferRequest,
  { inputs, rows, parameters }: ReadRequest,
  sequence: Sequence | undefined,
): readonly Uint8Array[] {
  const complete = [...inputs]
  if (sequence !== undefined)
    shape.states.forEach(({ input }, i) => {
      if (complete[input] !== undefined)
        throw mismatch(
          shape,
          request.inputs,
          `'${shape.inputs[input].name}' is kept by the server in a sequence`,
        )
      complete[input] = sequence.state[i]
    })
  if (shape.noise >= 0) {
    const given = complete[shape.noise]
    if (given === undefined) complete[shape.noise] = noiseFor(shape, rows, parameters, sequence)
    else checkNoise(given)
  }
  const missing = shape.inputs.filter((_, index) => complete[index] === undefined)
  if (missing.length > 0)
    throw mismatch(shape, request.inputs, `missing: ${missing.map(({ name }) => name).join(', ')}`)
  return complete as readonly Uint8Array[]
}

/** 1 is let pass: what is drawn below it in double precision can become it in single precision. */
function checkNoise(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.length; at += Float32Array.BYTES_PER_ELEMENT) {
    const value = view.getFloat32(at, true)
    if (!(value >= 0 && value <= 1))
      throw new AgonError('inference/noise', `'noise' holds ${value}; it is uniform in [0, 1)`)
  }
}

function noiseFor(
  shape: ModelShape,
  rows: number,
  { seed, step }: ReadRequest['parameters'],
  sequence: Sequence | undefined,
): Uint8Array {
  const count = rows * shape.noiseWidth
  if (sequence?.seed !== undefined) return drawNoise(sequence.seed, sequence.step, count)
  if (seed !== undefined) return drawNoise(seed, sequence?.step ?? step, count)
  if (shape.noiseIdle) return new Uint8Array(count * Float32Array.BYTES_PER_ELEMENT)
  throw new AgonError(
    'inference/noise',
    "the policy samples its actions, and the request has neither 'noise' nor a seed",
    {
      remedy:
        'send the input noise, float32 [rows] or [rows, n] in [0, 1), or the parameter seed (and step) for the server to draw it',
    },
  )
}

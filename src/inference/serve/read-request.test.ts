import { describe, expect, it } from 'vitest'
import { kserve } from '../../wire/index.ts'
import { twoActionCard } from '../fixtures/two-action-policy.ts'
import { modelShape } from './model-shape.ts'
import { drawNoise } from './noise.ts'
import { readRequest } from './read-request.ts'
import { completeInputs, goOnWith } from './request-inputs.ts'
import { readParameters } from './request-parameters.ts'
import { SequenceTable } from './sequence-table.ts'

const card = twoActionCard({ weights: [0, 1], bias: [0, 0] })
const shape = modelShape(
  {
    inputs: [
      { name: 'position', dtype: 'float32', shape: ['B', 1] },
      { name: 'steps', dtype: 'float32', shape: ['B', 1] },
      { name: 'noise', dtype: 'float32', shape: ['B'] },
    ],
    outputs: [
      { name: 'action', dtype: 'int32', shape: ['B'] },
      { name: 'steps_out', dtype: 'float32', shape: ['B', 1] },
    ],
  },
  card,
  8,
)

const position = { name: 'position', datatype: 'FP32', shape: [3, 1] }
const asked = (parameters: Record<string, object>) =>
  kserve.ModelInferRequest.decode(
    kserve.ModelInferRequest.encode({
      inputs: [position],
      rawInputContents: [new Uint8Array(12).fill(1)],
      parameters,
    }).finish(),
  )

describe('a request', () => {
  it('gets its state from its sequence and its noise from its seed, step by step', () => {
    const sequences = new SequenceTable(2, 1000)
    for (const step of [0, 1]) {
      const request = asked({
        sequence_id: { stringParam: 'a' },
        sequence_start: { boolParam: step === 0 },
        seed: { int64Param: 9 },
      })
      const read = readRequest(shape, request)
      const sequence = goOnWith(sequences, shape, read, 0)!
      const inputs = completeInputs(shape, request, read, sequence)
      expect(inputs[1]).toBe(sequence.state[0])
      expect(inputs[2]).toEqual(drawNoise(9, step, 3))
      expect(read.outputs).toEqual([0])
      sequence.step++
    }
  })

  it('is refused when it sends a state that its sequence has', () => {
    const request = asked({ sequence_id: { int64Param: 4 }, sequence_start: { boolParam: true } })
    request.inputs.push({ ...position, name: 'steps' } as never)
    request.rawInputContents.push(new Uint8Array(12))
    const read = readRequest(shape, request)
    const sequence = goOnWith(new SequenceTable(2, 1000), shape, read, 0)
    expect(() => completeInputs(shape, request, read, sequence)).toThrow(/kept by the server/)
  })

  it('cannot go on with the state of another shape', () => {
    const sequences = new SequenceTable(2, 1000)
    sequences.start('4', { rows: 3, seed: 1, rowBytes: [8] }, 0)
    const read = readRequest(shape, asked({ sequence_id: { int64Param: 4 } }))
    expect(() => goOnWith(sequences, shape, read, 0)).toThrow(/recurrent state was another/)
  })
})

describe('parameters', () => {
  it('read sequence ids of every kind, and none', () => {
    const id = (sequence_id: object) => readParameters({ sequence_id }).sequence?.id
    expect(id({ int64Param: 5 })).toBe('5')
    expect(id({ uint64Param: 6 })).toBe('6')
    expect(id({ stringParam: 'x' })).toBe('x')
    expect([id({ int64Param: 0 }), id({ stringParam: '' })]).toEqual([undefined, undefined])
    expect(readParameters({}).sequence).toBe(undefined)
  })

  it.each([
    [{ sequence_start: { boolParam: true } }, /need a sequence_id/],
    [{ seed: { stringParam: 'x' } }, /seed is a whole number/],
    [{ sequence_id: { int64Param: 2 ** 60 } }, /beyond ±2\^53/],
  ])('refuse %j', (parameters, sentence) => {
    expect(() => readParameters(parameters)).toThrow(sentence)
  })
})

it('draws noise row by row from a stream of its own', () => {
  const many = new Float32Array(drawNoise(1, 2, 100).buffer)
  expect([...new Float32Array(drawNoise(1, 2, 10).buffer)]).toEqual([...many.subarray(0, 10)])
  expect(many.every((value) => value >= 0 && value < 1)).toBe(true)
  expect(new Set(many).size).toBeGreaterThan(90)
})

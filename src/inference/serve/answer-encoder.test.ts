import { describe, expect, it } from 'vitest'
import { kserve } from '../../wire/index.ts'
import type { ValueInfo } from '../binding.ts'
import { AnswerEncoder } from './answer-encoder.ts'
import { modelShape } from './model-shape.ts'

const wide: ValueInfo = { name: 'wide', dtype: 'uint8', shape: ['B', 200] }
const action: ValueInfo = { name: 'action', dtype: 'int32', shape: ['B'] }
const shape = modelShape({ inputs: [wide], outputs: [action, wide] }, undefined, 16)
const memory = [new Uint8Array(64), new Uint8Array(3200)].map((bytes) =>
  bytes.map((_, i) => (i * 7) % 251),
)

describe('an encoded answer', () => {
  it.each([
    ['all outputs', shape.allOutputs, 2, 3, 'mine'],
    ['the same once more', shape.allOutputs, 0, 3, ''],
    ['one of them', [1], 5, 1, 'ü'.repeat(99)],
    ['the last rows', [1, 0], 9, 7, ''],
  ])('is what the library would write: %s', (_, wanted, from, rows, id) => {
    const encoder = new AnswerEncoder(shape, 'model', '12')
    encoder.rows(shape.layout!, memory, wanted, 0, rows, '')
    const bytes = encoder.rows(shape.layout!, memory, wanted, from, rows, id)
    const answer = kserve.ModelInferResponse.decode(bytes)
    expect(answer).toMatchObject({ modelName: 'model', modelVersion: '12', id })
    const widths = [4, 200]
    expect(answer.outputs.map((output) => [output.name, output.datatype, output.shape])).toEqual(
      wanted.map((index) =>
        index === 0 ? ['action', 'INT32', [rows]] : ['wide', 'UINT8', [rows, 200]],
      ),
    )
    wanted.forEach((index, i) => {
      const width = widths[index]
      expect(Buffer.from(answer.rawOutputContents[i])).toEqual(
        Buffer.from(memory[index].subarray(from * width, (from + rows) * width)),
      )
    })
  })
})

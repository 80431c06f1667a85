import { expect, it } from 'vitest'
import { sha256 } from '../core/bytes.ts'
import { levelProbe } from './level-probe.ts'
import { levelsOfTensors, levelTensors } from './level-tensors.ts'

const levels = [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(4)]

it('gives levels back as they were, and refuses tensors of something else', () => {
  const tensors = levelTensors(levels)
  expect(levelsOfTensors(tensors)).toEqual(levels)
  expect(levelsOfTensors(levelTensors([]))).toEqual([])
  expect(() => levelsOfTensors({ levels: tensors.levels })).toThrow(/do not fit together/)
  expect(() => levelsOfTensors({ ...tensors, ...{ levels: levelTensors([]).levels } })).toThrow(
    expect.objectContaining({ code: 'snapshot/corrupt' }),
  )
})

it('names the levels of a probe by their digest', () => {
  const digest = sha256(Uint8Array.of(1, 2, 3, 4))
  expect(levelProbe('overlap', levels)).toEqual({ name: 'overlap', digest, levels })
})

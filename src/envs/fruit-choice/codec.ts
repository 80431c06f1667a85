import { AgonError } from '../../core/errors.ts'
import { FRUITS, type FruitLevel, findDefect } from './level.ts'

const VERSION = 1
const HEADER = 7

/** `u8 version = 1 · u8 side · u8 right · u8 agent · u8 apple · u8 banana · u8 doors · u8 row of each door`. */
export function encodeLevel({ side, right, agent, apple, banana, doors }: FruitLevel): Uint8Array {
  const fruit = FRUITS.indexOf(right)
  return Uint8Array.of(VERSION, side, fruit, agent, apple, banana, doors.length, ...doors)
}

/**
 * The inverse of {@link encodeLevel}; every byte string that decodes is the encoding of what it decodes to.
 * @throws AgonError `level/corrupt`
 */
export function decodeLevel(bytes: Uint8Array): FruitLevel {
  if (bytes.length < HEADER || bytes.length !== HEADER + bytes[6] || bytes[0] !== VERSION)
    throw new AgonError('level/corrupt', 'the bytes are no choice of fruit')
  const [, side, fruit, agent, apple, banana, , ...doors] = bytes
  const level = { side, doors, agent, apple, banana, right: FRUITS[fruit] }
  const defect = findDefect(level)
  if (defect !== null) throw new AgonError('level/corrupt', defect)
  return level
}

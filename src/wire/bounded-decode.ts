import { Reader } from 'protobufjs/minimal.js'
import { AgonError } from '../core/errors.ts'

/**
 * Fields of one message, those of the messages inside it included. An empty message inside a list takes two bytes on the wire and
 * a hundred in memory; so a bound on bytes alone is none on memory.
 */
export const MOST_FIELDS = 2 ** 21

/** No field takes less: its tag and its value. */
const BYTES_PER_FIELD = 2

interface Decodes<M> {
  decode(bytes: Reader | Uint8Array): M
}

/**
 * Decodes what came from outside, and reads no further than so many fields.
 * @throws AgonError `wire/oversize`, and what the codec throws for bytes that are no message
 */
export function decodeBounded<M>(codec: Decodes<M>, bytes: Uint8Array, most = MOST_FIELDS): M {
  if (bytes.length <= BYTES_PER_FIELD * most) return codec.decode(bytes)
  const reader = Reader.create(bytes)
  let fields = 0
  const next = reader.tag.bind(reader)
  reader.tag = () => {
    if (++fields > most)
      throw new AgonError('wire/oversize', `a message of more than ${most} fields`, {
        remedy: 'send less at once',
      })
    return next()
  }
  return codec.decode(reader)
}

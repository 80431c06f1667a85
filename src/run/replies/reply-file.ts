import { fromUtf8, utf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import type { Answer } from '../../services/contract.ts'

/** A reply as a file: JSON, bytes as base64. */

/** @throws AgonError `service/answer` where it is nothing that JSON can hold */
export function encodeReply({ payload, attachments, cost }: Answer): Uint8Array {
  if (payload === undefined)
    throw new AgonError('service/answer', 'a service answered without a payload', {
      remedy: 'answer { payload: … }, any JSON value',
    })
  const names = Object.keys(attachments ?? {}).sort()
  return utf8(
    JSON.stringify({
      payload,
      ...(names.length === 0
        ? {}
        : {
            attachments: Object.fromEntries(
              names.map((name) => [name, base64(attachments![name])]),
            ),
          }),
      ...(cost === undefined ? {} : { cost }),
    }),
  )
}

export function decodeReply(content: Uint8Array): Answer {
  const { payload, attachments, cost } = JSON.parse(fromUtf8(content))
  return {
    payload,
    ...(attachments === undefined
      ? {}
      : {
          attachments: Object.fromEntries(
            Object.entries(attachments as Record<string, string>).map(([name, text]) => [
              name,
              new Uint8Array(Buffer.from(text, 'base64')),
            ]),
          ),
        }),
    ...(cost === undefined ? {} : { cost }),
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

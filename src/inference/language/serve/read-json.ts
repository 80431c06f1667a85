import type { IncomingMessage } from 'node:http'
import { RefusedRequest, refusal } from './openai-error.ts'

/**
 * The JSON body of a request. It has to say that it is JSON: a page of another site cannot without asking first.
 * @throws RefusedRequest
 */
export async function readJson(request: IncomingMessage, most: number): Promise<unknown> {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new RefusedRequest(refusal(415, 'send content-type: application/json'))
  const tooLarge = new RefusedRequest(
    refusal(413, `a body may have ${most} bytes`, { code: 'request_too_large' }),
  )
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > most) throw tooLarge
    chunks.push(chunk as Buffer)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    throw new RefusedRequest(refusal(400, 'the body is no JSON in UTF-8'))
  }
}

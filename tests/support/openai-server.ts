import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as later } from 'node:timers/promises'

/** What becomes of one request. */
export type Fate =
  | { readonly kind: 'answer' }
  /** 429, as a server that is asked too much. */
  | { readonly kind: 'busy'; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'status'; readonly status: number; readonly error?: object }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Begins to answer, and says nothing more. */
  | { readonly kind: 'stall' }
  /** The connection ends in the middle of the answer. */
  | { readonly kind: 'truncated' }
  /** A stream that ends, as if it were whole, before the answer does. */
  | { readonly kind: 'early-end' }
  | { readonly kind: 'malformed' }
  /** The connection ends before anything was said. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'usage'; readonly usage: unknown }
  /** The answer comes in pieces with pauses between them. */
  | { readonly kind: 'drip'; readonly ms: number }

export const ANSWER: Fate = { kind: 'answer' }

/** A body of chat completions, as it came. */
export interface Asked {
  readonly body: Readonly<Record<string, unknown>> & {
    readonly messages: readonly { readonly content: string }[]
  }
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

export interface OpenAIServer {
  /** With `/v1`. */
  readonly url: string
  readonly asked: Asked[]
  /** What a provider would send a bill for: every answer that was made, whether it arrived or not; what is given up is none. */
  readonly charged: { calls: number; tokens: number }
  /** Requests that came and have not ended, those of them that hang until the client is gone, and the most that were answered at a time. */
  readonly open: { now: number; hanging: number; most: number }
  close(): Promise<void>
}

export interface OpenAIServerOptions {
  fate?(asked: Asked, index: number): Fate
  /** Whether it keeps what it was asked; default true. */
  readonly remembers?: boolean
  /** Default: the last message in capitals. */
  answer?(asked: Asked): string
}

const PIECES = /\s*\S+|\s+$/g
const piecesOf = (text: string): readonly string[] => text.match(PIECES) ?? []

/** A server that speaks OpenAI's chat completions, fails as it is told, and counts what it would send a bill for. */
export async function startOpenAIServer(options: OpenAIServerOptions = {}): Promise<OpenAIServer> {
  const asked: Asked[] = []
  const charged = { calls: 0, tokens: 0 }
  const open = { now: 0, hanging: 0, most: 0 }
  let answering = 0
  const { fate = () => ANSWER, answer = capitals, remembers = true } = options
  let index = 0

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = { body: await bodyOf(request), headers: request.headers }
    if (remembers) asked.push(one)
    const meets = fate(one, index++)
    if (meets.kind === 'hang' || meets.kind === 'stall') {
      if (meets.kind === 'stall') response.writeHead(200).write('{"choi')
      open.hanging += 1
      response.once('close', () => {
        open.hanging -= 1
      })
      return
    }
    answering += 1
    open.most = Math.max(open.most, answering)
    // The answer is over for who reads it before the connection is.
    const over = (): void => {
      answering -= 1
      response.off('prefinish', over).off('close', over)
    }
    response.once('prefinish', over).once('close', over)
    if (meets.kind === 'reset') return void request.socket.destroy()
    if (meets.kind === 'busy')
      return refuse(response, 429, { message: 'too many requests' }, meets.headers)
    if (meets.kind === 'status')
      return refuse(response, meets.status, meets.error ?? { message: 'it has failed' })
    const text = answer(one)
    const usage = {
      prompt_tokens: one.body.messages.reduce((sum, m) => sum + piecesOf(m.content).length, 0),
      completion_tokens: piecesOf(text).length,
    }
    charged.calls += 1
    charged.tokens += usage.prompt_tokens + usage.completion_tokens
    const told = meets.kind === 'usage' ? meets.usage : usage
    const whole = one.body.stream === true ? streamed(text, told) : plain(one, text, told)
    await send(response, meets, whole)
  }

  const server = createServer((request, response) => {
    open.now += 1
    response.once('close', () => {
      open.now -= 1
    })
    void serve(request, response)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    ...{ asked, charged, open },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const capitals = ({ body }: Asked): string => body.messages.at(-1)?.content.toUpperCase() ?? ''

async function bodyOf(request: IncomingMessage): Promise<Asked['body']> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return JSON.parse(Buffer.concat(parts).toString()) as Asked['body']
}

function refuse(
  response: ServerResponse,
  status: number,
  error: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ error }))
}

interface Whole {
  readonly type: string
  readonly parts: readonly string[]
}

const logProbs = (text: string) => ({
  content: piecesOf(text).map((token) => ({
    ...{ token, logprob: -0.5, bytes: null },
    top_logprobs: [{ token, logprob: -0.5, bytes: null }],
  })),
})

function plain({ body }: Asked, text: string, usage: unknown): Whole {
  const choice = {
    ...{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } },
    ...(body.logprobs === true ? { logprobs: logProbs(text) } : {}),
  }
  const json = JSON.stringify({ id: 'c', object: 'chat.completion', choices: [choice], usage })
  const middle = Math.floor(json.length / 2)
  return { type: 'application/json', parts: [json.slice(0, middle), json.slice(middle)] }
}

function streamed(text: string, usage: unknown): Whole {
  const chunk = (choice: object, more: object = {}): string =>
    `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }], ...more })}\n\n`
  return {
    type: 'text/event-stream',
    parts: [
      ...piecesOf(text).map((content) => chunk({ delta: { content } })),
      chunk({ delta: {}, finish_reason: 'stop' }),
      `data: ${JSON.stringify({ choices: [], usage })}\n\n`,
      'data: [DONE]\n\n',
    ],
  }
}

async function send(response: ServerResponse, fate: Fate, { type, parts }: Whole): Promise<void> {
  response.writeHead(200, { 'content-type': type })
  if (fate.kind === 'malformed') return void response.end('{"choices": [{"message": }')
  if (fate.kind === 'early-end') return void response.end(parts[0])
  if (fate.kind === 'truncated') {
    response.write(parts[0])
    // Once the first part is on its way.
    await later(2)
    return void response.destroy()
  }
  if (fate.kind !== 'drip') return void response.end(parts.join(''))
  for (const part of parts) {
    response.write(part)
    await later(fate.ms)
    if (response.destroyed) return
  }
  response.end()
}

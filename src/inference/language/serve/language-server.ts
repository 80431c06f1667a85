import {
  createServer as createPlain,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { AgonError } from '../../../core/errors.ts'
import {
  type Address,
  checkServerSecurity,
  formatAddress,
  type ServerSecurity,
  sameToken,
} from '../../../wire/index.ts'
import { answer, type Sink } from './answering.ts'
import type { ServedLanguageModel, ServerWorld } from './contract.ts'
import { RefusedRequest, refusal, refusalOf } from './openai-error.ts'
import { readAsked } from './read-asked.ts'
import { readJson } from './read-json.ts'
import { Turnstile } from './turnstile.ts'

export interface LanguageServerOptions {
  readonly model: ServedLanguageModel
  readonly address: Address
  readonly security: ServerSecurity
  /** What callers show as `Authorization: Bearer …`; null asks for nothing. */
  readonly token: string | null
  readonly world: ServerWorld
  /** Requests that are answered at a time. Default 8. */
  readonly concurrent?: number
  /** Those that may wait beyond them before others get 429. Default 256. */
  readonly waiting?: number
  /** Bytes of a body. Default 1 MiB. */
  readonly maxBody?: number
}

/** A language model behind OpenAI's protocol: chat and text completions, whole and streamed, and the list of models. */
export interface LanguageServer {
  readonly address: Address
  /** Takes nothing new, answers what was taken, at most `graceMs` milliseconds long, and ends. The model is left open. */
  close(graceMs: number): Promise<void>
}

/** @throws AgonError `wire/insecure`, `wire/certificate`, `wire/listen` */
export async function startLanguageServer(options: LanguageServerOptions): Promise<LanguageServer> {
  const { address, security } = options
  checkServerSecurity(address.host, security)
  const turnstile = new Turnstile(options.concurrent ?? 8, options.waiting ?? 256)
  const underWay = new Set<AbortController>()
  const created = options.world.seconds()
  let closing = false
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const stop = new AbortController()
    underWay.add(stop)
    response.once('close', () => {
      underWay.delete(stop)
      if (closing) setImmediate(() => server.closeIdleConnections())
      if (!response.writableFinished) stop.abort(new Error('the caller has gone'))
    })
    respond(options, created, turnstile, request, response, stop.signal).catch((error) => {
      if (stop.signal.aborted && response.destroyed) return
      refuse(response, error)
    })
  }
  const limits = { requestTimeout: 60_000, headersTimeout: 20_000, maxHeaderSize: 16_384 }
  const server: Server =
    security.kind === 'plain'
      ? createPlain(limits, handle)
      : createSecure(
          {
            ...limits,
            cert: security.certificate,
            key: security.key,
            ...(security.clientAuthority === undefined
              ? {}
              : { ca: security.clientAuthority, requestCert: true, rejectUnauthorized: true }),
          },
          handle,
        )
  await listening(server, address)
  return {
    address: { host: address.host, port: (server.address() as AddressInfo).port },
    close: (graceMs) =>
      new Promise((resolve) => {
        closing = true
        const timer = setTimeout(() => {
          for (const stop of underWay) stop.abort(new Error('the server ends'))
          server.closeAllConnections()
        }, graceMs)
        server.close(() => {
          clearTimeout(timer)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

function listening(server: Server, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new AgonError(
          'wire/listen',
          `cannot listen at ${formatAddress(address)}: ${cause.message}`,
          {
            remedy: 'give another address; port 0 lets the system choose one',
            cause,
          },
        ),
      )
    })
    server.listen(address.port, address.host, resolve)
  })
}

async function respond(
  options: LanguageServerOptions,
  created: number,
  turnstile: Turnstile,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { model, token, world, maxBody = 1 << 20 } = options
  const path = request.url?.split('?')[0] ?? ''
  checkToken(request, token)
  const listed = { id: model.id, object: 'model', created, owned_by: 'agon' }
  if (path === '/v1/models') {
    allow(request, 'GET')
    send(response, 200, { object: 'list', data: [listed] })
    return
  }
  if (path.startsWith('/v1/models/')) {
    allow(request, 'GET')
    checkModel(model, decoded(path.slice('/v1/models/'.length)))
    send(response, 200, listed)
    return
  }
  const form = { '/v1/chat/completions': 'chat', '/v1/completions': 'text' } as const
  if (!Object.hasOwn(form, path))
    throw new RefusedRequest(refusal(404, `there is no ${path} here`, { code: 'not_found' }))
  allow(request, 'POST')
  const body = await readJson(request, maxBody)
  const { model: wanted, asked } = readAsked(form[path as keyof typeof form], body, world.newSeed)
  checkModel(model, wanted)
  if (turnstile.full)
    throw new RefusedRequest(
      refusal(
        429,
        'too many requests wait already',
        { code: 'rate_limit_exceeded' },
        { 'retry-after': '1' },
      ),
    )
  const prefix = asked.form === 'chat' ? 'chatcmpl' : 'cmpl'
  const head = { id: `${prefix}-${world.newId()}`, created: world.seconds(), model: model.id }
  await turnstile.through(async () => {
    signal.throwIfAborted()
    await answer(model, asked, head, sinkOf(response), signal)
  })
}

/** A part of a path; one that is badly escaped stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function allow(request: IncomingMessage, method: string): void {
  if (request.method === method) return
  throw new RefusedRequest(
    refusal(405, `${method} is what is answered here`, {}, { allow: method }),
  )
}

function checkToken(request: IncomingMessage, token: string | null): void {
  if (token === null) return
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (given !== undefined && sameToken(given, token)) return
  throw new RefusedRequest(
    refusal(
      401,
      'the token is missing or wrong',
      { code: 'invalid_api_key' },
      { 'www-authenticate': 'Bearer' },
    ),
  )
}

function checkModel({ id }: ServedLanguageModel, wanted: string): void {
  if (wanted === id) return
  throw new RefusedRequest(
    refusal(404, `the model '${wanted}' is not served here, '${id}' is`, {
      code: 'model_not_found',
      param: 'model',
    }),
  )
}

const HEADERS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body)
  response
    .writeHead(status, {
      ...HEADERS,
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    })
    .end(text)
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const { status, body, headers } = refusalOf(error)
  send(response, status, body, { ...headers, ...(status === 413 ? { connection: 'close' } : {}) })
}

/** Events of a stream as `text/event-stream`; the head is sent with the first. */
function sinkOf(response: ServerResponse): Sink {
  const event = (text: string): void => {
    if (!response.headersSent)
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' })
    response.write(`data: ${text}\n\n`)
  }
  return {
    whole: (body) => send(response, 200, body),
    event: (data) => event(JSON.stringify(data)),
    done() {
      event('[DONE]')
      response.end()
    },
  }
}

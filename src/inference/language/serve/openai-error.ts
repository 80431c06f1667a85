import { AgonError, toErrorRecord } from '../../../core/errors.ts'

/** An answer that refuses: OpenAI's form of an error with its HTTP status. */
export interface Refusal {
  readonly status: number
  readonly body: {
    readonly error: {
      readonly message: string
      readonly type: string
      readonly param: string | null
      readonly code: string | null
    }
  }
  readonly headers?: Readonly<Record<string, string>>
}

export function refusal(
  status: number,
  message: string,
  { code = null, param = null }: { code?: string | null; param?: string | null } = {},
  headers?: Readonly<Record<string, string>>,
): Refusal {
  const type = status < 500 ? 'invalid_request_error' : 'server_error'
  return {
    status,
    body: { error: { message, type, param, code } },
    ...(headers === undefined ? {} : { headers }),
  }
}

/** Thrown while a request is read; what came before is not told. */
export class RefusedRequest extends Error {
  readonly refusal: Refusal

  constructor(refused: Refusal) {
    super(refused.body.error.message)
    this.name = 'RefusedRequest'
    this.refusal = refused
  }
}

/** What whoever asked is told of an error. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof RefusedRequest) return error.refusal
  const { code, message, fields } = toErrorRecord(error)
  if (!(error instanceof AgonError)) return refusal(500, 'the model failed', { code })
  if (code === 'model/context')
    return refusal(400, message, { code: 'context_length_exceeded', param: 'messages' })
  if (code === 'model/busy') {
    const seconds = Number(fields?.retryAfterSeconds ?? 1)
    return refusal(
      429,
      message,
      { code: 'rate_limit_exceeded' },
      { 'retry-after': String(Math.ceil(seconds)) },
    )
  }
  return refusal(code === 'model/unavailable' ? 503 : 500, message, { code })
}

import { Mismatch, must } from '../../envs/remote/conformance/check.ts'
import { agon } from '../../wire/index.ts'
import { type Heard, kindName, type Question, type Saying, saying } from '../scripted-hub/saying.ts'

const { Kind } = agon.v1
/** As the hub judges an answer on its way in. */
const MOST_ATTACHMENTS = 1000
const CODE = /^[a-z0-9-]+\/[a-z0-9-]+$/

export interface AnswerKind {
  now: agon.v1.Kind
}

/** One question. Blanks after a JSON value mean nothing. */
export function askSaying(key: string, payloadJson: string, pad = 0): Saying {
  const ask = { cycle: 1, service: 'judge', key, payloadJson: payloadJson + ' '.repeat(pad) }
  const body = agon.v1.ServiceAsk.encode(ask).finish()
  const text = `SERVICE_ASK under the key '${key}'`
  return { ...saying(Kind.KIND_SERVICE_ASK), correlation: key, body, text }
}

export const asking = (
  key: string,
  payloadJson: string,
  answer: agon.v1.Kind,
  pad = 0,
): Question & { readonly padded: boolean } => ({
  sayings: [askSaying(key, payloadJson, pad)],
  answers: [answer],
  padded: pad > 0,
})

/** @returns the key that is answered @throws Mismatch for what is neither a whole answer nor a whole failure */
export function checkReply({ kind, correlation, body }: Heard, sent: string): string {
  if (kind === Kind.KIND_SERVICE_FAILED) {
    const { key, error } = agon.v1.ServiceFailed.decode(body)
    const code = error?.code ?? ''
    must(CODE.test(code), sent, 'SERVICE_FAILED with an error code, area/what', code)
    must(error?.message !== '', sent, 'SERVICE_FAILED with a message', 'an empty one')
    must(correlation === key, sent, `correlation = '${key}', the key`, correlation)
    return key
  }
  if (kind !== Kind.KIND_SERVICE_ANSWER)
    throw new Mismatch(sent, 'SERVICE_ANSWER or SERVICE_FAILED', kindName(kind))
  const { key, payloadJson, attachments, cost } = agon.v1.ServiceAnswer.decode(body)
  must(correlation === key, sent, `correlation = '${key}', the key`, correlation)
  try {
    JSON.parse(payloadJson || 'null')
  } catch (error) {
    throw new Mismatch(sent, 'JSON in payload_json', (error as Error).message)
  }
  const count = Object.keys(attachments).length
  must(count <= MOST_ATTACHMENTS, sent, `at most ${MOST_ATTACHMENTS} attachments`, count)
  for (const [name, value] of Object.entries({ tokens: cost?.tokens, money: cost?.money })) {
    const sane = value == null || (Number.isFinite(value) && value >= 0)
    must(sane, sent, `cost.${name} of at least 0`, value)
  }
  const whole = cost?.tokens == null || Number.isInteger(cost.tokens)
  must(whole, sent, 'a whole number of tokens', cost?.tokens)
  return key
}

/** What it says but for what it cost: equal for equal answers, in whatever order maps come. */
export function contentOf({ kind, body }: Heard): string {
  if (kind === Kind.KIND_SERVICE_FAILED)
    return agon.v1.ServiceFailed.decode(body).error?.message ?? ''
  const { payloadJson, attachments } = agon.v1.ServiceAnswer.decode(body)
  const bytes = Object.entries(attachments)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, Buffer.from(value).toString('hex')])
  return JSON.stringify([JSON.parse(payloadJson || 'null'), bytes])
}

import type { Answer, Ask } from '../../../services/contract.ts'
import { type agon, decodeError, encodeFault } from '../../../wire/index.ts'
import type { ServiceAnswer, ServiceAsk, ServiceFailed } from '../contract.ts'
import { amount, bytes, json, named, positive, present, text } from './fields.ts'

/** Questions to services and their answers as the wire has them. */

/** Characters of a key with cycle and asker before it. */
const LONGEST_KEY = 300
/** Attachments of one message. */
const MOST_ATTACHMENTS = 1000

type Content = Pick<agon.v1.ServiceAsk.$Properties, 'payloadJson' | 'attachments'>

function encodeContent({ payload, attachments }: Ask | Answer): Content {
  return {
    payloadJson: JSON.stringify(payload),
    ...(attachments === undefined ? {} : { attachments: { ...attachments } }),
  }
}

function decodeContent({ payloadJson, attachments }: Content, field: string): Omit<Ask, 'key'> {
  const given = Object.entries(named(attachments, `${field}.attachments`, MOST_ATTACHMENTS))
  return {
    payload: json(payloadJson, `${field}.payload_json`),
    ...(given.length === 0
      ? {}
      : {
          attachments: Object.fromEntries(
            given.map(([name, value]) => [name, bytes(value, `${field}.attachments`)]),
          ),
        }),
  }
}

export function encodeAsk(message: ServiceAsk): agon.v1.ServiceAsk.$Properties {
  const { cycle, service, key } = message
  return { cycle, service, key, ...encodeContent(message) }
}

/** @throws AgonError `wire/body` */
export function decodeAsk(wire: agon.v1.ServiceAsk): ServiceAsk {
  return {
    type: 'service.ask',
    cycle: positive(wire.cycle, 'service_ask.cycle'),
    service: text(wire.service, 'service_ask.service'),
    key: text(wire.key, 'service_ask.key', LONGEST_KEY),
    ...decodeContent(wire, 'service_ask'),
  }
}

export function encodeAnswer(message: ServiceAnswer): agon.v1.ServiceAnswer.$Properties {
  const { key, cost } = message
  return { key, ...encodeContent(message), ...(cost === undefined ? {} : { cost: { ...cost } }) }
}

/** @throws AgonError `wire/body`, `wire/number` */
export function decodeAnswer(wire: agon.v1.ServiceAnswer): ServiceAnswer {
  return {
    type: 'service.answer',
    key: text(wire.key, 'service_answer.key', LONGEST_KEY),
    ...decodeContent(wire, 'service_answer'),
    ...(wire.cost == null ? {} : { cost: decodeCost(wire.cost) }),
  }
}

function decodeCost({ tokens, money }: agon.v1.Cost.$Properties): NonNullable<Answer['cost']> {
  return {
    ...(tokens == null ? {} : { tokens: amount(tokens, 'cost.tokens') }),
    ...(money == null ? {} : { money: amount(money, 'cost.money') }),
  }
}

export function encodeFailed({
  key,
  error,
  retry,
}: ServiceFailed): agon.v1.ServiceFailed.$Properties {
  return { key, error: encodeFault(error), retry }
}

/** @throws AgonError `wire/body` */
export function decodeFailed({ key, error, retry }: agon.v1.ServiceFailed): ServiceFailed {
  return {
    type: 'service.failed',
    key: text(key, 'service_failed.key', LONGEST_KEY),
    error: decodeError(present(error, 'service_failed.error')),
    retry,
  }
}

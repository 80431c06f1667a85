import { AgonError, fromErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { ActorId } from '../../core/ids.ts'
import { suggestion } from '../../core/nearest.ts'
import type { ServiceFailed } from './contract.ts'
import { serviceActor } from './names.ts'
import type { Unanswered } from './service-counter.ts'

/** What goes wrong between those who ask and services. */

/** Characters, as of every name. */
const LONGEST_KEY = 200

/** @throws AgonError `service/key` */
export function checkKey(asker: ActorId, cycle: number, key: string, used: boolean): void {
  if (used)
    throw new AgonError('service/key', `${asker} asks '${key}' twice in cycle ${cycle}`, {
      remedy: 'give each question of a cycle a key of its own',
    })
  if (!(key.length >= 1 && key.length <= LONGEST_KEY))
    throw new AgonError('service/key', `${asker} asks under a key of ${key.length} characters`, {
      remedy: `give each question a key of 1 to ${LONGEST_KEY} characters`,
    })
}

export function asksGrader(asker: ActorId, service: string): AgonError {
  return new AgonError(
    'service/grader',
    `${asker} asks '${service}', which grades: what it knows is hidden from those it measures`,
    { remedy: 'name the same module twice under services, and ask the one that does not grade' },
  )
}

export function failure({ error, retry }: ServiceFailed): AgonError {
  const { code, message, remedy, fields } = error
  return fromErrorRecord({
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    fields: { ...fields, retry },
  })
}

export function unknownService(
  service: string,
  asker: ActorId,
  names: readonly string[],
): AgonError {
  const none = names.length === 0
  return new AgonError(
    'service/unknown',
    `${asker} asks for the service '${service}', and this run has ${none ? 'none' : 'no such'}`,
    { remedy: none ? `name it under services in the config` : suggestion(service, names) },
  )
}

/** What no try can mend names the service; what was asked wrongly, who asked. */
export function unanswered(asker: ActorId, service: string, cause: unknown): Unanswered {
  const error = toErrorRecord(cause)
  const own = ['service/unknown', 'service/key', 'service/grader'].includes(error.code)
  return { type: 'unanswered', actor: own ? asker : serviceActor(service), error }
}

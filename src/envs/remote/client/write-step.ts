import { AgonError } from '../../../core/errors.ts'
import type { agon } from '../../../wire/index.ts'
import type { SharedStep } from './shared-step.ts'

/** @throws AgonError `environment/answer` where the answer is not one to a step of this environment */
export function writeStep(reply: agon.v1.StepReply.$Properties, into: SharedStep): void {
  const { buffers, began, limits } = into
  copyObservations(reply.observations ?? [], buffers.observations)
  copyBytes('rewards', reply.rewards, buffers.rewards)
  copyBytes('terminated', reply.terminated, buffers.terminated)
  copyBytes('truncated', reply.truncated, buffers.truncated)
  const slots = reply.began ?? []
  const steps = reply.maxSteps ?? []
  if (slots.length > limits.length || steps.length !== slots.length)
    throw wrong(`has ${steps.length} step limits for ${slots.length} slots that began`)
  began[0] = slots.length
  for (let i = 0; i < slots.length; i++) {
    began[1 + i] = slots[i]
    limits[i] = steps[i]
  }
}

function copyObservations(
  from: readonly agon.v1.NamedTensor.$Properties[],
  into: SharedStep['buffers']['observations'],
): void {
  let written = 0
  for (const { name, tensor } of from) {
    const target = into[name ?? '']
    if (target === undefined) throw wrong(`has an observation '${name}' that was not announced`)
    copyBytes(name ?? '', tensor?.data, target)
    written++
  }
  if (written !== Object.keys(into).length) throw wrong(`has ${written} observations`)
}

function copyBytes(name: string, from: Uint8Array | null | undefined, into: ArrayBufferView): void {
  const length = from?.length ?? 0
  if (from == null || length !== into.byteLength)
    throw wrong(`has ${length} bytes of '${name}', not ${into.byteLength}`)
  new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(from)
}

export const wrong = (what: string): AgonError =>
  new AgonError('environment/answer', `the answer ${what}`, {
    remedy: '`agon conformance --role environment` shows what the server gets wrong',
  })

import {
  actionDType,
  actionShape,
  allocateActions,
  parameterWidth,
} from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import {
  bytesOf,
  type DType,
  elementCount,
  type NamedTensors,
  type TypedArrayOf,
} from '../../core/tensor.ts'
import {
  alignedElements,
  type CallOptions,
  type Connection,
  dial,
  type Endpoint,
  INFERENCE,
  type kserve,
} from '../../wire/index.ts'
import { describeValue } from '../binding.ts'
import type { ActBatch, ActResult, Policy, PolicyCard } from '../contract.ts'
import { decodeParameters } from '../decode-parameters.ts'
import { hasContents, typedContents } from '../kserve-contents.ts'
import { datatypeOf } from '../kserve-datatype.ts'
import { feedsOf, graphName } from '../policy-graph.ts'
import type { RemotePolicyRef } from '../policy-source.ts'
import { describeRemotePolicy } from './describe-remote-policy.ts'

export interface RemotePolicyOptions {
  /** Default: the newest one there is now. It is held to: a server that swaps it away answers `inference/unknown`. */
  readonly version?: string
  /** What the model means, where its server does not say. */
  readonly card?: PolicyCard
  /** Milliseconds for each call; default 30 000. */
  readonly deadlineMs?: number
  /** Used instead of a connection of its own, and left open by `release`. */
  readonly connection?: Connection
}

/**
 * A policy that runs behind any server of the Open Inference Protocol (KServe v2): `agon serve`, Triton, KServe. State and
 * noise are the caller's, as with a session; nothing is kept at the server.
 * @throws AgonError `policy/card-missing`, `policy/graph`, `inference/unknown` and what the connection fails of
 */
export async function remotePolicy(
  endpoint: Endpoint,
  model: string,
  options: RemotePolicyOptions = {},
): Promise<Policy> {
  const { connection = dial(endpoint) } = options
  try {
    const ref = await describeRemotePolicy(endpoint, model, { ...options, connection })
    return openRemotePolicy(ref, options.deadlineMs, connection, options.connection === undefined)
  } catch (error) {
    if (options.connection === undefined) connection.close()
    throw error
  }
}

/** A policy that was described before, maybe in another thread. @throws AgonError `wire/certificate` */
export function openRemotePolicy(
  ref: RemotePolicyRef,
  deadlineMs?: number,
  connection: Connection = dial(ref.endpoint),
  closes = true,
): Policy {
  const call: CallOptions = deadlineMs === undefined ? {} : { deadlineMs }
  const outputs = [
    ...(ref.chooses ? ['action', 'log_prob'] : []),
    'logits',
    ...(ref.hasValue ? ['value'] : []),
    ...Object.keys(ref.card.state).map((name) => `${name}_out`),
  ].map((name) => graphName(ref.card, name))
  return {
    card: ref.card,
    async act(batch) {
      const answer = await connection.unary(
        INFERENCE.methods.modelInfer,
        requestOf(ref, batch, outputs),
        call,
      )
      return resultOf(ref, answer, batch)
    },
    async release() {
      if (closes) connection.close()
    },
  }
}

function requestOf(
  ref: RemotePolicyRef,
  batch: ActBatch,
  outputs: readonly string[],
): kserve.ModelInferRequest.$Properties {
  const named = feedsOf(ref.card, ref, batch)
  return {
    modelName: ref.model,
    modelVersion: ref.version,
    inputs: Object.entries(named).map(([name, { dtype, shape }]) => ({
      name,
      datatype: datatypeOf(dtype),
      shape: [...shape],
    })),
    rawInputContents: Object.values(named).map(bytesOf),
    outputs: outputs.map((name) => ({ name })),
  }
}

function resultOf(
  ref: RemotePolicyRef,
  answer: kserve.ModelInferResponse,
  { rows, noise }: ActBatch,
): ActResult {
  const { card, hasValue, chooses } = ref
  const read = <D extends DType>(name: string, dtype: D, shape: readonly number[]) =>
    outputOf(ref, answer, graphName(card, name), dtype, [rows, ...shape])
  const state: Record<string, NamedTensors[string]> = {}
  for (const [name, { dtype, shape }] of Object.entries(card.state))
    state[name] = { dtype, shape: [rows, ...shape], data: read(`${name}_out`, dtype, shape) }
  const logits = read('logits', 'float32', [parameterWidth(card.actions)])
  const action = chooses
    ? read('action', actionDType(card.actions), actionShape(card.actions))
    : allocateActions(card.actions, rows)
  const logProb = chooses ? read('log_prob', 'float32', []) : new Float32Array(rows)
  if (!chooses) decodeParameters(card, logits, noise.data, action, logProb)
  return {
    action,
    logProb,
    logits,
    ...(hasValue ? { value: read('value', 'float32', []) } : {}),
    state,
  }
}

/** @throws AgonError `policy/answer` where the server gave something else than it said */
function outputOf<D extends DType>(
  { model, endpoint }: RemotePolicyRef,
  { outputs, rawOutputContents }: kserve.ModelInferResponse,
  name: string,
  dtype: D,
  shape: readonly number[],
): TypedArrayOf[D] {
  const refuse = (found: string): AgonError =>
    new AgonError(
      'policy/answer',
      `model '${model}' should answer '${name}' as ${describeValue(dtype, shape)}, and answered ${found}`,
      { place: endpoint.address },
    )
  const index = outputs.findIndex((output) => output.name === name)
  if (index < 0) throw refuse('without it')
  const output = outputs[index]
  const fits =
    output.datatype === datatypeOf(dtype) &&
    output.shape.length === shape.length &&
    output.shape.every((size, axis) => size === shape[axis])
  if (!fits) throw refuse(`${output.datatype} [${output.shape.join(', ')}]`)
  const raw = rawOutputContents.length > 0
  if (raw && rawOutputContents.length !== outputs.length)
    throw refuse(`${outputs.length} outputs with ${rawOutputContents.length} raw contents`)
  if (raw && hasContents(output.contents)) throw refuse('contents beside raw_output_contents')
  const bytes = raw ? rawOutputContents[index] : typedContents(output, dtype)
  if (typeof bytes === 'string') throw refuse(`a tensor that ${bytes}`)
  try {
    return alignedElements(name, dtype, elementCount(shape), bytes)
  } catch (error) {
    throw refuse((error as Error).message)
  }
}

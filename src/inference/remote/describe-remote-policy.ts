import { AgonError } from '../../core/errors.ts'
import { type Connection, dial, type Endpoint, INFERENCE, type kserve } from '../../wire/index.ts'
import type { ValueInfo } from '../binding.ts'
import { parseCard } from '../card.ts'
import type { PolicyCard } from '../contract.ts'
import { dtypeOf } from '../kserve-datatype.ts'
import { checkGraph } from '../policy-fit.ts'
import { policyTraits } from '../policy-graph.ts'
import type { RemotePolicyRef } from '../policy-source.ts'

export interface DescribeOptions {
  readonly version?: string
  readonly card?: PolicyCard
  /** Used instead of one that is made and closed. */
  readonly connection?: Connection
}

/**
 * Asks a server what a model is, and checks it against its card: that of `agon serve`, or the one given.
 * @throws AgonError `policy/card-missing`, `policy/card`, `policy/graph`, `inference/unknown` and what the call fails of
 */
export async function describeRemotePolicy(
  endpoint: Endpoint,
  model: string,
  options: DescribeOptions = {},
): Promise<RemotePolicyRef> {
  const { connection = dial(endpoint), version = '' } = options
  try {
    const { modelMetadata } = INFERENCE.methods
    const metadata = await connection.unary(modelMetadata, { name: model, version })
    const card = options.card ?? cardOf(metadata, endpoint, model)
    const inputs = metadata.inputs.map((value) => infoOf(value, endpoint))
    const outputs = metadata.outputs.map((value) => infoOf(value, endpoint))
    checkGraph(card, { inputs, outputs })
    return {
      endpoint,
      model,
      version: version || (metadata.versions.at(-1) ?? ''),
      card,
      sha256: metadata.properties['agon.sha256'] ?? '',
      ...policyTraits(card, { inputs, outputs }),
    }
  } finally {
    if (options.connection === undefined) connection.close()
  }
}

function cardOf(
  { properties }: kserve.ModelMetadataResponse,
  { address }: Endpoint,
  model: string,
): PolicyCard {
  const text = properties['agon.card']
  if (text !== undefined) return parseCard(text, `card of '${model}' at ${address}`)
  throw new AgonError(
    'policy/card-missing',
    `the server has no card for model '${model}', which says what its inputs mean`,
    { place: address, remedy: 'give the card: docs/policies.md has one to copy' },
  )
}

function infoOf(
  { name, datatype, shape }: kserve.ModelMetadataResponse.TensorMetadata,
  { address }: Endpoint,
): ValueInfo {
  const dtype = dtypeOf(datatype)
  if (dtype !== undefined)
    return { name, dtype, shape: shape.map((size) => (size < 0 ? '?' : size)) }
  throw new AgonError('policy/graph', `'${name}' is of ${datatype}, which no policy has`, {
    place: address,
  })
}

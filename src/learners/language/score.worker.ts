import { AgonError } from '../../core/errors.ts'
import { type NamedTensors, tensor } from '../../core/tensor.ts'
import { openSession } from '../../inference/session.ts'
import type { Session } from '../../inference/session-contract.ts'
import { exposeWorker } from '../../inference/worker-expose.ts'
import * as g from '../graph/index.ts'
import { packedLogits, parameterInputs } from './causal-graph.ts'
import type { ScoreThread } from './score-thread.ts'
import type { TransformerShape } from './transformer.ts'

// One thread that scores packed batches: how likely answers are, without any gradient.

let session: Session | undefined
let weights: NamedTensors = {}

function scoreOnnx(shape: TransformerShape, rows: number): Uint8Array {
  const graph = g.createGraph()
  const places = rows * shape.context
  const given = (name: string): g.Value => g.input(graph, name, 'int32', [rows, shape.context])
  const p = parameterInputs(graph, shape)
  const inputs = { tokens: given('tokens'), places: given('places'), texts: given('texts') }
  const targets = g.reshape(given('targets'), [places])
  const logits = packedLogits(shape, p, inputs)
  const likeliest = g.cast(g.argMax(logits), 'int32')
  return g.toOnnx(graph, {
    log_prob: g.takeLast(g.logSoftmax(logits), targets),
    hit: g.cast(g.equal(likeliest, targets), 'float32'),
  })
}

exposeWorker<ScoreThread>({
  async open(shape, rows) {
    session = await openSession(scoreOnnx(shape, rows), { name: 'answers' })
  },
  async load(given) {
    weights = given
  },
  async score({ tokens, places, texts, targets }) {
    if (session === undefined)
      throw new AgonError('worker/entry', 'no model is open in this thread')
    const size = tokens.data.length
    const [logProb, hit] = [tensor('float32', [size]), tensor('float32', [size])]
    await session.run({ ...weights, tokens, places, texts, targets }, { log_prob: logProb, hit })
    return { logProb: logProb.data, hit: hit.data }
  },
})

import { AgonError } from '../../../core/errors.ts'
import { tensor } from '../../../core/tensor.ts'
import { openSession } from '../../session.ts'
import type { Session } from '../../session-contract.ts'
import { exposeWorker } from '../../worker-expose.ts'
import { checkLanguageGraph } from './check-graph.ts'
import type { LanguageThread } from './language-thread.ts'

// Thread entry: the graph of one language model. A text is run by itself, so that nothing that others ask changes its bits.

let session: Session | undefined

exposeWorker<LanguageThread>({
  async open({ onnx, card }, options) {
    const opened = await openSession(onnx, { ...options, name: `model ${card.name}` })
    checkLanguageGraph(card, opened)
    session = opened
  },
  async next(tokens) {
    if (session === undefined)
      throw new AgonError('worker/entry', 'no model is open in this thread')
    const { logits } = await session.run({
      tokens: tensor('int64', [1, tokens.length], BigInt64Array.from(tokens, BigInt)),
    })
    const width = logits.shape[2]
    return (logits.data as Float32Array).slice((tokens.length - 1) * width)
  },
})

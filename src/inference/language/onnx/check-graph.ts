import { AgonError } from '../../../core/errors.ts'
import type { Session } from '../../session-contract.ts'
import type { ModelCard } from './contract.ts'

/** @throws AgonError `model/graph` where inputs and outputs are not those that the card stands for */
export function checkLanguageGraph(
  card: ModelCard,
  graph: Pick<Session, 'inputs' | 'outputs'>,
): void {
  const described = ({ inputs, outputs }: Pick<Session, 'inputs' | 'outputs'>): string => {
    const list = (values: Session['inputs']): string =>
      values.map(({ name, dtype, shape }) => `${name}: ${dtype} [${shape.join(', ')}]`).join(', ')
    return `(${list(inputs)}) → (${list(outputs)})`
  }
  const [tokens] = graph.inputs
  const [logits] = graph.outputs
  const fits =
    graph.inputs.length === 1 &&
    tokens.name === 'tokens' &&
    tokens.dtype === 'int64' &&
    tokens.shape.length === 2 &&
    graph.outputs.length === 1 &&
    logits.name === 'logits' &&
    logits.dtype === 'float32' &&
    logits.shape.length === 3 &&
    logits.shape[2] === card.vocabulary
  if (fits) return
  throw new AgonError(
    'model/graph',
    `the graph should be (tokens: int64 [B, T]) → (logits: float32 [B, T, ${card.vocabulary}]), found ${described(graph)}`,
    { place: 'model.onnx', remedy: 'take model.onnx, model.yaml and tokenizer.json of one model' },
  )
}

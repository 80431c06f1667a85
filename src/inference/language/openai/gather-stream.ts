import { type Completion, field, list } from './read-completion.ts'

/**
 * The answer that a stream of chunks makes; null where it ends before the server has said how the answer ended.
 */
export async function gatherStream(chunks: AsyncIterable<unknown>): Promise<Completion | null> {
  const texts: string[] = []
  const refusals: string[] = []
  const logProbs: unknown[] = []
  let finish: unknown
  let usage: unknown
  for await (const chunk of chunks) {
    usage = field(chunk, 'usage') ?? usage
    const [choice] = list(field(chunk, 'choices')) ?? []
    const delta = field(choice, 'delta')
    const [text, refusal] = [field(delta, 'content'), field(delta, 'refusal')]
    if (typeof text === 'string') texts.push(text)
    if (typeof refusal === 'string') refusals.push(refusal)
    logProbs.push(...(list(field(field(choice, 'logprobs'), 'content')) ?? []))
    finish = field(choice, 'finish_reason') ?? finish
  }
  if (typeof finish !== 'string') return null
  return {
    ...{ text: texts.join(''), finish, refusal: refusals.join(''), usage },
    logProbs: logProbs.length === 0 ? null : logProbs,
  }
}

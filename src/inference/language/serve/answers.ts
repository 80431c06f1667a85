import type { Generation, TokenLogProbs } from '../contract.ts'
import type { Asked } from './contract.ts'

// Answers in OpenAI's forms, as plain data.

/** What every object of one answer says of itself. */
export interface Head {
  readonly id: string
  readonly created: number
  readonly model: string
}

const FINISH = { stop: 'stop', length: 'length', filter: 'content_filter' } as const

export function wholeAnswer(asked: Asked, head: Head, said: readonly Generation[]) {
  const chat = asked.form === 'chat'
  return {
    ...head,
    object: chat ? 'chat.completion' : 'text_completion',
    choices: said.map((one, index) => {
      const rest = { finish_reason: FINISH[one.finish] }
      return chat
        ? {
            index,
            message: { role: 'assistant', content: one.text, refusal: null },
            logprobs: one.logProbs === undefined ? null : chatScores(one.logProbs),
            ...rest,
          }
        : {
            index,
            text: one.text,
            logprobs: one.logProbs === undefined ? null : textScores(one.logProbs),
            ...rest,
          }
    }),
    usage: usageOf(asked, said),
  }
}

/** A piece of choice `index`; with `finish` its end. */
export function streamed(
  { form, streamUsage }: Asked,
  head: Head,
  index: number,
  piece: {
    readonly text?: string
    readonly first?: boolean
    readonly finish?: Generation['finish']
  },
) {
  const { text, first, finish } = piece
  const finish_reason = finish === undefined ? null : FINISH[finish]
  const delta = {
    ...(first === true ? { role: 'assistant' } : {}),
    ...(text === undefined ? {} : { content: text }),
  }
  const choice =
    form === 'chat'
      ? { index, delta, logprobs: null, finish_reason }
      : { index, text: text ?? '', logprobs: null, finish_reason }
  return {
    ...head,
    object: form === 'chat' ? 'chat.completion.chunk' : 'text_completion',
    choices: [choice],
    ...(streamUsage ? { usage: null } : {}),
  }
}

export function streamedUsage(asked: Asked, head: Head, said: readonly Generation[]) {
  return {
    ...head,
    object: asked.form === 'chat' ? 'chat.completion.chunk' : 'text_completion',
    choices: [],
    usage: usageOf(asked, said),
  }
}

/** A prompt is counted once, however many choices were made of it. */
function usageOf({ choices }: Asked, said: readonly Generation[]) {
  const input = said.reduce((sum, { usage }, i) => sum + (i % choices === 0 ? usage.input : 0), 0)
  const output = said.reduce((sum, { usage }) => sum + usage.output, 0)
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }
}

function chatScores(scores: readonly TokenLogProbs[]) {
  const of = ({ token, logProb }: { readonly token: string; readonly logProb: number }) => ({
    token,
    logprob: logProb,
    bytes: [...new TextEncoder().encode(token)],
  })
  return {
    content: scores.map((score) => ({ ...of(score), top_logprobs: score.top.map(of) })),
    refusal: null,
  }
}

function textScores(scores: readonly TokenLogProbs[]) {
  let offset = 0
  const offsets = scores.map(({ token }) => {
    offset += token.length
    return offset - token.length
  })
  return {
    tokens: scores.map(({ token }) => token),
    token_logprobs: scores.map(({ logProb }) => logProb),
    top_logprobs: scores.map(({ top }) =>
      Object.fromEntries(top.map(({ token, logProb }) => [token, logProb])),
    ),
    text_offset: offsets,
  }
}

import type { Generation } from '../contract.ts'
import { type Head, streamed, streamedUsage, wholeAnswer } from './answers.ts'
import type { Asked, Piece, ServedLanguageModel } from './contract.ts'
import { refusalOf } from './openai-error.ts'

/** Where an answer goes. */
export interface Sink {
  whole(body: unknown): void
  /** One event of a stream. */
  event(data: unknown): void
  done(): void
}

/** Writes every text of a request and tells them, in one piece or as they come. Rejects for what is refused before anything was told. */
export async function answer(
  model: ServedLanguageModel,
  asked: Asked,
  head: Head,
  sink: Sink,
  signal: AbortSignal,
): Promise<void> {
  if (!asked.stream) {
    const said = await Promise.all(asked.pieces.map((piece) => write(model, piece, signal)))
    sink.whole(wholeAnswer(asked, head, said))
    return
  }
  let begun = false
  const send = (data: unknown): void => {
    begun = true
    sink.event(data)
  }
  try {
    const said = await Promise.all(
      asked.pieces.map(async (piece, index) => {
        let told = ''
        const tell = (text: string): void => {
          send(streamed(asked, head, index, { text, first: told === '' }))
          told += text
        }
        const one = await write(model, piece, signal, tell)
        // A model that tells nothing before its end is told in one piece.
        if (told !== one.text || told === '') tell(one.text.slice(told.length))
        send(streamed(asked, head, index, { finish: one.finish }))
        return one
      }),
    )
    if (asked.streamUsage) send(streamedUsage(asked, head, said))
    sink.done()
  } catch (error) {
    if (!begun) throw error
    sink.event(refusalOf(error).body)
    sink.done()
  }
}

function write(
  model: ServedLanguageModel,
  piece: Piece,
  signal: AbortSignal,
  told?: (text: string) => void,
): Promise<Generation> {
  if (piece.kind === 'chat') return model.generate(piece.request, signal, told)
  if (model.continue !== undefined) return model.continue(piece.request, signal, told)
  const { prompt, ...rest } = piece.request
  const messages = [{ role: 'user', content: prompt }] as const
  return model.generate({ ...rest, messages }, signal, told)
}

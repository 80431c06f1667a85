import type { GenerateRequest, Generation, LanguageModel } from '../contract.ts'

/** A language model as it is served. */
export interface ServedLanguageModel extends LanguageModel {
  /** Goes on from a text that no template is put around; absent: such a text is taken as a user's message. */
  continue?(
    request: ContinueRequest,
    signal: AbortSignal,
    told?: (piece: string) => void,
  ): Promise<Generation>
}

/** A text to go on from as it is. */
export type ContinueRequest = Omit<GenerateRequest, 'messages'> & { readonly prompt: string }

/** One text to be written: of a chat or of a prompt, and which of the choices of its request it is. */
export type Piece =
  | { readonly kind: 'chat'; readonly request: GenerateRequest }
  | { readonly kind: 'prompt'; readonly request: ContinueRequest }

/** A request, whichever of the two forms it came in. */
export interface Asked {
  readonly form: 'chat' | 'text'
  /** In the order of `index`. */
  readonly pieces: readonly Piece[]
  /** Of `pieces`, how many belong to one prompt: its tokens are counted once. */
  readonly choices: number
  readonly stream: boolean
  /** A last event with the usage of a stream. */
  readonly streamUsage: boolean
}

/** What a server is given of the world. */
export interface ServerWorld {
  /** Seconds since 1970. */
  seconds(): number
  /** Unlike any before. */
  newId(): string
  /** uint32, for requests that name no seed. */
  newSeed(): number
}

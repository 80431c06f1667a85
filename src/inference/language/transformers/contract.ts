import type { ChatMessage } from '../contract.ts'

/** The part of `@huggingface/transformers` that is used: it is no dependency, so its own types are not there. */
export interface TransformersPackage {
  readonly env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string }
  pipeline(
    task: 'text-generation',
    model: string,
    options: { readonly device: string; readonly dtype?: string },
  ): Promise<TextGenerator>
  /** Ends a generation after the token at hand. */
  readonly InterruptableStoppingCriteria: new () => { interrupt(): void }
}

export interface TextGenerator {
  (
    input: string | readonly ChatMessage[],
    options: Readonly<Record<string, unknown>>,
  ): Promise<readonly { readonly generated_text: string | readonly ChatMessage[] }[]>
  readonly tokenizer: {
    readonly chat_template?: unknown
    encode(text: string): readonly number[]
    apply_chat_template(
      messages: readonly ChatMessage[],
      options: { readonly tokenize: false; readonly add_generation_prompt: true },
    ): string
  }
  dispose(): Promise<unknown>
}

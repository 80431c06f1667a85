import { modelCallRows } from './rainbow/model-calls.ts'
import type { BenchRow } from './row.ts'

/** What searching for prompts costs beside the models that are asked. */
export const benchRainbow = async ({ brief }: { readonly brief: boolean }): Promise<BenchRow[]> => [
  ...(await modelCallRows(brief)),
]

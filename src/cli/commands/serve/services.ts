import type { ServedLanguage, ServeLanguageRequest } from '../../../launch/serve/serve-language.ts'
import type { ServedPolicy, ServePolicyRequest } from '../../../launch/serve/serve-policy.ts'

/** What `agon serve` asks of the rest of Agon. */
export interface ServeServices {
  /** Listens until it is closed. */
  servePolicy(request: ServePolicyRequest): Promise<ServedPolicy>
  /** Whether a path is the folder of a language model. */
  isLanguageModel(path: string): Promise<boolean>
  /** Listens until it is closed. */
  serveLanguage(request: ServeLanguageRequest): Promise<ServedLanguage>
}

export const serveServices = (): ServeServices => ({
  servePolicy: async (request) =>
    (await import('../../../launch/serve/serve-policy.ts')).servePolicy(request),
  isLanguageModel: async (path) =>
    (await import('../../../inference/language/onnx/model-folder.ts')).isModelFolder(path),
  serveLanguage: async (request) =>
    (await import('../../../launch/serve/serve-language.ts')).serveLanguage(request),
})

import type { Clock } from '../../core/clock.ts'
import { readApiKey } from '../../inference/language/api-key.ts'
import type { LanguageModel } from '../../inference/language/contract.ts'
import type { Asked } from '../../inference/language/request-key.ts'
import type { ModelOptions } from './options.ts'

export interface ModelSetting {
  /** Of the service. */
  readonly name: string
  readonly seed: number
  /** Threads of a model that runs here. */
  readonly workers: number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
}

export interface OpenedModel extends Asked {
  readonly opened: LanguageModel
}

const OPENAI = 'https://api.openai.com/v1'

/** The model that a config names; each provider is loaded with its first model. @throws AgonError `model/…` */
export async function openModel(
  options: ModelOptions,
  setting: ModelSetting,
): Promise<OpenedModel> {
  const found = await openOf(options, setting)
  if (options.record === undefined) return found
  const { recordingModel } = await import('../../inference/language/recorded/recording.ts')
  return { ...found, opened: recordingModel(found.opened, options.record) }
}

async function openOf(options: ModelOptions, setting: ModelSetting): Promise<OpenedModel> {
  const model = options.model ?? setting.name
  switch (options.provider) {
    case 'openai': {
      const { openOpenAIModel } = await import('../../inference/language/openai/openai-model.ts')
      const baseUrl = options.baseUrl ?? OPENAI
      const opened = await openOpenAIModel({
        ...{ model, baseUrl, key: keyOf(options, baseUrl, setting.env), clock: setting.clock },
        stream: options.stream ?? false,
        tokenLimit: options.tokenLimit ?? 'max_tokens',
        deterministic: options.deterministic ?? false,
      })
      return { model, endpoint: `openai:${baseUrl}`, opened }
    }
    case 'onnx': {
      const { openOnnxModel } = await import('../../inference/language/onnx/onnx-model.ts')
      const { modelDigest, readModelFolder } = await import(
        '../../inference/language/onnx/model-folder.ts'
      )
      const file = await readModelFolder(options.folder!)
      // What it says depends on its bytes, and not on where they lie.
      const endpoint = `onnx:${modelDigest(file)}`
      return {
        model,
        endpoint,
        opened: await openOnnxModel(file, { id: model, threads: setting.workers }),
      }
    }
    case 'transformers': {
      const { openTransformersModel } = await import(
        '../../inference/language/transformers/transformers-model.ts'
      )
      const { device = 'cpu', dtype } = options
      const opened = await openTransformersModel({
        ...{ id: model, folder: options.folder!, device, dtype },
      })
      return { model, endpoint: `transformers:${options.folder}`, opened }
    }
    case 'scripted': {
      const { openScriptedModel } = await import(
        '../../inference/language/scripted/scripted-model.ts'
      )
      const { readScript } = await import('../../inference/language/scripted/read-script.ts')
      const rules = options.rules ?? readScript(options.script!)
      const opened = openScriptedModel({ id: model, rules, seed: options.seed ?? setting.seed })
      return { model, endpoint: 'scripted', opened }
    }
    case 'recorded': {
      const { openRecordedModel } = await import('../../inference/language/recorded/recording.ts')
      return { model, endpoint: 'recorded', opened: openRecordedModel(options.recording!, model) }
    }
  }
}

/** OpenAI's own variable is for its own server: no other is shown that key unasked. */
function keyOf(
  { apiKeyEnv, apiKeyFile }: ModelOptions,
  baseUrl: string,
  env: ModelSetting['env'],
): string | null {
  if (apiKeyEnv !== undefined || apiKeyFile !== undefined)
    return readApiKey({ apiKeyEnv, apiKeyFile }, env)
  return baseUrl === OPENAI ? readApiKey({ apiKeyEnv: 'OPENAI_API_KEY' }, env) : null
}

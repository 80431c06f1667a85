import type { ModelSource } from 'agon/inference/serve'
import { startInferenceServer } from 'agon/inference/serve'
import { obey } from './obey.ts'

// Process entry: an inference server with the models that it is sent.

export interface ServerOrder {
  readonly models: Readonly<Record<string, ModelSource>>
}

obey(async ({ models }: ServerOrder) => {
  const server = await startInferenceServer({ security: { kind: 'plain' }, token: null })
  for (const [name, model] of Object.entries(models)) await server.load(name, model)
  return server.address.port
})

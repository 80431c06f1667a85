import { randomBytes, randomInt } from 'node:crypto'
import { systemClock } from '../../core/clock.ts'
import type { ModelCard } from '../../inference/language/onnx/contract.ts'
import { readModelFolder } from '../../inference/language/onnx/model-folder.ts'
import { type OnnxModelOptions, openOnnxModel } from '../../inference/language/onnx/onnx-model.ts'
import { startLanguageServer } from '../../inference/language/serve/index.ts'
import { formatAddress, isLoopback, parseAddress } from '../../wire/index.ts'
import { type ListenRequest, publish, securityOf, tokenOf } from './listen-request.ts'

export interface ServeLanguageRequest extends ListenRequest {
  /** Folder of the model. */
  readonly path: string
  /** Default: the name on its card. */
  readonly name?: string
  readonly device?: OnnxModelOptions['device']
  readonly tf32: boolean
  /** Threads, each with a session; as many texts are written at a time. */
  readonly workers?: number
  /** Requests that may wait before others are refused. */
  readonly maxQueue?: number
}

export interface ServedLanguage {
  readonly id: string
  readonly card: ModelCard
  readonly address: string
  /** What OpenAI's clients take as their base URL. */
  readonly url: string
  readonly exposed: boolean
  close(graceMs: number): Promise<void>
}

/** @throws AgonError what the folder, the options or the address is refused for */
export async function serveLanguage(request: ServeLanguageRequest): Promise<ServedLanguage> {
  const { path, name, device, tf32, workers = 1, maxQueue, tls, insecure } = request
  const address = parseAddress(request.listen)
  const security = securityOf(tls, insecure)
  const token = tokenOf(request, address.host)
  const file = await readModelFolder(path)
  const model = await openOnnxModel(file, {
    ...(name === undefined ? {} : { id: name }),
    ...(device === undefined ? {} : { device }),
    tf32,
    threads: workers,
  })
  try {
    const server = await startLanguageServer({
      ...{ model, address, security, token },
      concurrent: Math.max(8, 2 * workers),
      ...(maxQueue === undefined ? {} : { waiting: maxQueue }),
      world: {
        seconds: () => Math.floor(systemClock.wall() / 1000),
        newId: () => randomBytes(12).toString('hex'),
        newSeed: () => randomInt(2 ** 32),
      },
    })
    const bound = formatAddress(server.address)
    const forget = publish(request, 'language-model', bound)
    return {
      id: model.id,
      card: file.card,
      address: bound,
      url: `${security.kind === 'plain' ? 'http' : 'https'}://${bound}/v1`,
      exposed: security.kind === 'plain' && !isLoopback(address.host),
      async close(graceMs) {
        forget()
        await server.close(graceMs)
        await model.close()
      },
    }
  } catch (error) {
    await model.close()
    throw error
  }
}

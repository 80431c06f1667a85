import { fileURLToPath } from 'node:url'
import { credentials, loadPackageDefinition, Metadata, type ServiceError } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'

const PROTO = fileURLToPath(new URL('../../proto/inference/grpc_service.proto', import.meta.url))

export interface InferRequest {
  readonly model_name: string
  readonly model_version?: string
  readonly id?: string
  readonly parameters?: Readonly<Record<string, object>>
  readonly inputs: readonly {
    readonly name: string
    readonly datatype: string
    readonly shape: readonly number[]
    readonly contents?: object
  }[]
  readonly outputs?: readonly { readonly name: string }[]
  readonly raw_input_contents?: readonly Uint8Array[]
}

export interface InferAnswer {
  readonly model_name: string
  readonly model_version: string
  readonly id: string
  readonly outputs: readonly {
    readonly name: string
    readonly datatype: string
    readonly shape: readonly string[]
  }[]
  readonly raw_output_contents: readonly Buffer[]
}

/** A client that knows nothing of Agon but the contract; answers as the contract writes them. */
export interface KserveClient {
  call(method: string, request: object): Promise<Record<string, unknown>>
  infer(request: InferRequest, deadlineMs?: number): Promise<InferAnswer>
  close(): void
}

type Methods = Record<string, (...args: unknown[]) => unknown>

/** @param shown over TLS: the authority to believe; and the token to show */
export function kserveClient(
  address: string,
  shown: { readonly authority?: Buffer; readonly token?: string } = {},
): KserveClient {
  const loaded = loadPackageDefinition(
    loadSync(PROTO, { keepCase: true, longs: String, defaults: true, oneofs: true }),
  ) as unknown as {
    inference: { GRPCInferenceService: new (...args: unknown[]) => Methods & { close(): void } }
  }
  const client = new loaded.inference.GRPCInferenceService(
    address,
    shown.authority === undefined
      ? credentials.createInsecure()
      : credentials.createSsl(shown.authority),
    { 'grpc.use_local_subchannel_pool': 1 },
  )
  const metadata = new Metadata()
  if (shown.token !== undefined) metadata.set('authorization', `Bearer ${shown.token}`)
  const call = (method: string, request: object, deadlineMs = 30_000) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const deadline = Date.now() + deadlineMs
      client[method](
        request,
        metadata,
        { deadline },
        (error: ServiceError | null, answer: object) =>
          error === null ? resolve(answer as Record<string, unknown>) : reject(error),
      )
    })
  return {
    call,
    infer: (request, deadlineMs) =>
      call('ModelInfer', request, deadlineMs) as unknown as Promise<InferAnswer>,
    close: () => client.close(),
  }
}

import { fileURLToPath } from 'node:url'
import type * as ProtoLoader from '@grpc/proto-loader'
import type * as Reflection from '@grpc/reflection'
import { type LateService, lateService, requireLate } from './late-service.ts'

/** The contracts, as they ship with the package. */
export const PROTO_FOLDER = fileURLToPath(new URL('../../proto/', import.meta.url))

const FILES: readonly string[] = [
  'agon/v1/actors.proto',
  'agon/v1/environments.proto',
  'agon/v1/experiments.proto',
  'inference/grpc_service.proto',
  'dm_env_rpc/v1/dm_env_rpc.proto',
]

/**
 * Lets generic clients (grpcurl, Postman) see the services of these names, and the messages they use, in both versions
 * of the reflection protocol.
 */
export function reflectionServices(services: readonly string[]): readonly LateService[] {
  let made: Reflection.ReflectionService | null = null
  const reflection = (): Reflection.ReflectionService => {
    const { loadSync } = requireLate('@grpc/proto-loader') as typeof ProtoLoader
    const { ReflectionService } = requireLate('@grpc/reflection') as typeof Reflection
    made ??= new ReflectionService(loadSync([...FILES], { includeDirs: [PROTO_FOLDER] }), {
      services: [...services],
    })
    return made
  }
  return ['v1', 'v1alpha'].map((version) => {
    const path = `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`
    return lateService(
      { ServerReflectionInfo: { path, requestStream: true, responseStream: true } },
      (server) => reflection().addToServer(server),
    )
  })
}

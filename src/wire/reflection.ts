import { fileURLToPath } from 'node:url'
import { loadSync, type PackageDefinition } from '@grpc/proto-loader'
import { ReflectionService } from '@grpc/reflection'

/** The contracts, as they ship with the package. */
export const PROTO_FOLDER = fileURLToPath(new URL('../../proto/', import.meta.url))

const FILES: readonly string[] = [
  'agon/v1/actors.proto',
  'agon/v1/environments.proto',
  'agon/v1/experiments.proto',
]

let contracts: PackageDefinition | null = null

/** Lets generic clients (grpcurl, Postman) see the services of these names, and the messages they use. */
export function reflectionService(services: readonly string[]): ReflectionService {
  contracts ??= loadSync([...FILES], { includeDirs: [PROTO_FOLDER] })
  return new ReflectionService(contracts, { services: [...services] })
}

import { createRequire } from 'node:module'
import type {
  ServiceDefinition,
  UntypedHandleCall,
  UntypedServiceImplementation,
} from '@grpc/grpc-js'

export interface LateMethod {
  /** `/grpc.health.v1.Health/Check`. */
  readonly path: string
  readonly requestStream: boolean
  readonly responseStream: boolean
}

/** A foreign service, ready to be added to a server. */
export interface LateService {
  readonly definition: ServiceDefinition
  readonly handlers: UntypedServiceImplementation
}

/** What the packages of health and reflection want of a server. */
export interface Adder {
  addService(definition: object, handlers: object): void
}

/**
 * A foreign service that costs more to load than all the rest of a listener, and that few callers ask for: it is loaded
 * with the first call, at once, since bytes are to be decoded before its handler is called.
 * @param load adds the service of these methods, maybe beside others
 */
export function lateService(
  methods: Readonly<Record<string, LateMethod>>,
  load: (server: Adder) => void,
): LateService {
  let loaded: ReadonlyMap<string, Method> | null = null
  const methodAt = (path: string): Method => {
    loaded ??= methodsOf(load)
    const found = loaded.get(path)
    if (found === undefined) throw new Error(`no service was added that has ${path}`)
    return found
  }
  const definition: Record<string, ServiceDefinition[string]> = {}
  const handlers: UntypedServiceImplementation = {}
  for (const [name, method] of Object.entries(methods)) {
    const real = (): ServiceDefinition[string] => methodAt(method.path).definition
    definition[name] = {
      ...method,
      requestSerialize: (value) => real().requestSerialize(value),
      requestDeserialize: (bytes) => real().requestDeserialize(bytes),
      responseSerialize: (value) => real().responseSerialize(value),
      responseDeserialize: (bytes) => real().responseDeserialize(bytes),
    }
    const handler = (...call: readonly unknown[]): unknown => methodAt(method.path).handler(...call)
    handlers[name] = handler as UntypedHandleCall
  }
  return { definition, handlers }
}

interface Method {
  readonly definition: ServiceDefinition[string]
  readonly handler: (...call: readonly unknown[]) => unknown
}

/** What is added, by path; a handler goes by the method's name in the contract or by its name in camel case. */
function methodsOf(load: (server: Adder) => void): ReadonlyMap<string, Method> {
  const found = new Map<string, Method>()
  load({
    addService(definition, handlers) {
      const given = handlers as Readonly<Record<string, Method['handler']>>
      for (const [name, method] of Object.entries(definition as ServiceDefinition))
        found.set(method.path, {
          definition: method,
          handler: given[name] ?? given[method.originalName ?? ''],
        })
    },
  })
  return found
}

/** Loads a CommonJS package at the time of the call. */
export const requireLate = createRequire(import.meta.url)

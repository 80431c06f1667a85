import { AgonError } from '../core/errors.ts'
import { nearest, suggestion } from '../core/nearest.ts'
import type { Environment, ProbeFactory } from './contract.ts'

/**
 * The probe of that name over levels in canonical bytes.
 * @throws AgonError `probe/unknown`, `level/corrupt`
 */
export function probeOf<L>(
  environment: Environment<L>,
  name: string,
  levels: readonly Uint8Array[],
): ProbeFactory {
  if (environment.probe === undefined) throw unknownProbe(environment.spec.id, name, [])
  return environment.probe(
    name,
    levels.map((bytes) => environment.levels.decode(bytes)),
  )
}

/** The error of {@link Environment.probe} for a name that it does not know, with the nearest. */
export function unknownProbe(
  environment: string,
  name: string,
  known: readonly string[],
): AgonError {
  const near = nearest(name, known)
  return new AgonError('probe/unknown', `the environment '${environment}' has no probe '${name}'`, {
    remedy: known.length === 0 ? 'it has none: use another environment' : suggestion(name, known),
    fields: { environment, probe: name, known, ...(near === undefined ? {} : { nearest: near }) },
  })
}

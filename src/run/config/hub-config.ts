import { resolve } from 'node:path'
import type { HubConfig } from '../contract.ts'
import type { HubKeys } from './hub.schema.ts'

/** The `hub:` section with its file paths made absolute: a resumed run reads them from another folder. */
export function hubConfig({ advertise, tls, ...rest }: HubKeys, baseDir: string): HubConfig {
  return {
    ...rest,
    ...(advertise === undefined ? {} : { advertise }),
    ...(tls === undefined ? {} : { tls: absolute(tls, baseDir) }),
  }
}

function absolute(
  tls: NonNullable<HubKeys['tls']>,
  baseDir: string,
): NonNullable<HubConfig['tls']> {
  const { certificate, key, ...optional } = tls
  const given = Object.entries(optional).filter(([, file]) => file !== undefined)
  return {
    certificate: resolve(baseDir, certificate),
    key: resolve(baseDir, key),
    ...Object.fromEntries(given.map(([name, file]) => [name, resolve(baseDir, file)])),
  }
}

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
  { certificate, key, authority, clientAuthority }: NonNullable<HubKeys['tls']>,
  baseDir: string,
): NonNullable<HubConfig['tls']> {
  const path = (file: string): string => resolve(baseDir, file)
  return {
    certificate: path(certificate),
    key: path(key),
    ...(authority === undefined ? {} : { authority: path(authority) }),
    ...(clientAuthority === undefined ? {} : { clientAuthority: path(clientAuthority) }),
  }
}

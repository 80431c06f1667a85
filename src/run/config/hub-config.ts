import { resolve } from 'node:path'
import { z } from 'zod'
import type { HubConfig } from '../contract.ts'
import { type HubKeys, hub } from './hub.schema.ts'
import { applyOverride, readOverrides } from './overrides.ts'
import { configError, pathText } from './problems.ts'
import { check } from './schema-problems.ts'

const section = z.strictObject({ hub: hub.prefault({}) })

/**
 * The `hub:` section of a command that runs no config.
 * @param set as `--set` takes it; file paths start from the working directory
 * @throws AgonError `config/invalid`
 */
export function hubFrom(set: readonly string[]): HubConfig {
  const plain = readOverrides(set, 'hub').reduce<unknown>(applyOverride, { hub: {} })
  const { value, problems } = check(section, plain, pathText)
  if (value === undefined) throw configError(problems, 'hub')
  return hubConfig(value.hub, '.')
}

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

import type { HubConfig } from '../contract.ts'
import { hub } from './hub.schema.ts'
import { hubConfig } from './hub-config.ts'

/** The `hub:` section of a config that has none. */
export const DEFAULT_HUB: HubConfig = hubConfig(hub.parse({}), '.')

import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'

const KEY = 'agon/environment-token'

/**
 * The token of AGON_TOKEN. Threads of Agon see nothing of the process's environment, so it is handed to those that are
 * started later in memory; it stands in no file, config or log.
 */
export function sharedToken(): string | undefined {
  const { AGON_TOKEN: own } = process.env
  if (own !== undefined && own !== '') {
    setEnvironmentData(KEY, own)
    return own
  }
  const handed = getEnvironmentData(KEY)
  return typeof handed === 'string' ? handed : undefined
}

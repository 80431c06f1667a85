import type OpenAI from 'openai'

export type { OpenAI }

export interface Door {
  readonly baseUrl: string
  readonly key: string | null
}

/**
 * The official client, loaded with its first model: that takes a tenth of a second. It asks once, says nothing, and takes nothing from the
 * environment that changes who is asked: retries, limits and what is told are those of whoever asks here.
 */
export async function loadOpenAI({ baseUrl, key }: Door): Promise<OpenAI> {
  const { default: Client } = await import('openai')
  return new Client({
    ...{ baseURL: baseUrl, apiKey: key ?? 'none', maxRetries: 0, timeout: LONGEST_MS },
    ...{ organization: null, project: null, adminAPIKey: null, webhookSecret: null },
    ...{ logLevel: 'off', logger: SILENT },
  })
}

/** The deadline is that of who asks. */
const LONGEST_MS = 2 ** 31 - 1

const nothing = (): void => {}
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

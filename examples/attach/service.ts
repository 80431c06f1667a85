// A service in a process of its own: npx jiti examples/attach/service.ts <run directory>/hub.json
import { AgonError } from 'agon'
import { attachService, resolveTarget } from 'agon/attach'
import type { Service } from 'agon/services'

const [hub] = process.argv.slice(2)
if (hub === undefined) throw new Error('which hub? give its rendezvous file, or host:port')

/** `{ texts: [text, …] }` → `{ scores: [number, …] }`: how many different characters each text has. */
const judge: Service = {
  async ask({ key, payload }) {
    const { texts } = (payload ?? {}) as { texts?: unknown }
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string'))
      throw new AgonError('judge/texts', `no texts in the question '${key}'`, {
        remedy: 'ask { texts: [text, …] }',
      })
    const scores = texts.map((text) => new Set(text).size)
    return { payload: { scores }, cost: { tokens: texts.join('').length } }
  },
  close: async () => {},
}

await attachService({
  endpoint: () => resolveTarget(hub, { env: process.env }),
  name: 'variety',
  platform: { engine: 'javascript', arch: process.arch },
  create: async () => judge,
})

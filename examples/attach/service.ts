// A service in a process of its own: npx jiti examples/attach/service.ts <run directory>/hub.json
import { attachService, resolveTarget } from 'agon/attach'
import { scorer } from '../services/scorer.ts'

const [hub] = process.argv.slice(2)
if (hub === undefined) throw new Error('which hub? give its rendezvous file, or host:port')

await attachService({
  endpoint: () => resolveTarget(hub, { env: process.env }),
  name: 'shortest-way',
  platform: { engine: 'javascript', arch: process.arch },
  create: async () => scorer({ tokensPerLevel: 1 }),
})

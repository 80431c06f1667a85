// A service in a process of its own: npx jiti examples/attach/service.ts <run directory>/hub.json
import { attachService, resolveTarget } from 'agon/attach'
import { service } from '../services/scorer.ts'

const [hub] = process.argv.slice(2)
if (hub === undefined) throw new Error('which hub? give its rendezvous file, or host:port')

await attachService({
  endpoint: () => resolveTarget(hub, { env: process.env }),
  name: service.id,
  platform: { engine: 'javascript', arch: process.arch },
  create: (place) => service.create({ tokensPerLevel: 1 }, { ...place, workers: 1 }),
})

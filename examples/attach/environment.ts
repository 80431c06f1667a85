// An own environment, served to runs: npx jiti examples/attach/environment.ts beacon.json [host:port]
// Then, in a config: env: { remote: beacon.json }
import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import type { Environment } from 'agon/envs'
import { environmentsService } from 'agon/envs/remote'
import {
  formatAddress,
  listen,
  newToken,
  parseAddress,
  writeRendezvous,
  writeTokenFile,
} from 'agon/wire'
import { environment as beacon } from '../grid-search/my-env.ts'

const [rendezvous = 'beacon.json', at = '127.0.0.1:0'] = process.argv.slice(2)
const made = beacon.create(beacon.options.parse({ side: 7 })) as Environment<unknown>
const token = newToken()
const listener = await listen({
  address: parseAddress(at),
  security: { kind: 'plain' },
  token,
  services: [environmentsService({ beacon: made })],
})
const tokenFile = `${rendezvous}.token`
writeTokenFile(tokenFile, token)
const address = formatAddress(listener.address)
writeRendezvous(rendezvous, {
  format: 1,
  kind: 'environments',
  address,
  pid: process.pid,
  tokenFile: basename(tokenFile),
})
console.log(`beacon at ${address}: env: { remote: ${rendezvous} }`)

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    for (const file of [rendezvous, tokenFile]) rmSync(file, { force: true })
    await listener.close(1000)
    process.exit()
  })

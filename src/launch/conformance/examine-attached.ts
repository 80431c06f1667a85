import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import type { RoleName } from '../../actors/roles/table/placing.ts'
import {
  createFrameLedger,
  examineActor,
  type Finding,
  openDesk,
  partOf,
} from '../../conformance/index.ts'
import { realTimers } from '../../core/timers.ts'
import { encodeDescription, environmentsService } from '../../envs/remote/index.ts'
import { newToken, readTokenFile } from '../../wire/index.ts'
import { openHub } from '../hub/open-hub.ts'
import { makeEnvironment } from '../serve/make-environment.ts'
import { startsThirdParty, type ThirdParty } from './third-party.ts'

export interface AttachedRequest {
  readonly role: RoleName
  /** `host:port` to listen at. */
  readonly address: string
  /** Id or module of the environment that the third party works in; default a small maze. */
  readonly env?: string
  /** What a service is asked, as JSON. */
  readonly payload: string
  /** A token to ask for; by default a new one beside the rendezvous file. */
  readonly tokenFile?: string
  /** Milliseconds until someone must have attached. */
  readonly attachMs: number
  /** Milliseconds that an answer may take. */
  readonly patienceMs: number
  /** Starts the third party; empty where it is started by someone else. */
  readonly command: readonly string[]
  /** Told where it is to attach, as often as it is awaited. */
  readonly onAwait: (rendezvous: string, address: string) => void
  /** What the third party writes. */
  readonly onWord: (text: string) => void
}

const HEARTBEAT_MS = 300
const MISSED_HEARTBEATS = 100
const NAME = 'conformance'
const MAX_MESSAGE_MB = 64
const GRACE_MS = 500

/** Listens as the hub of a small experiment and examines the actor that attaches. */
export async function* examineAttached(
  request: AttachedRequest,
): AsyncGenerator<Finding, void, void> {
  const { role, env, tokenFile, attachMs, patienceMs, onAwait, onWord } = request
  const made = await makeEnvironment({
    part: env ?? 'maze',
    set: env === undefined ? ['height=7', 'width=7', 'nWalls=10', 'maxSteps=24'] : [],
  })
  const { environment, module, options } = made
  const handle = {
    name: NAME,
    description: encodeDescription(environment, JSON.stringify(options)),
  }
  const desk = openDesk(realTimers)
  const services = [desk.service, environmentsService({ [NAME]: environment })]
  const token = tokenFile === undefined ? newToken() : readTokenFile(tokenFile)
  const hub = await openHub({
    config: { listen: request.address, insecure: false, maxMessageMb: MAX_MESSAGE_MB },
    token,
    services,
  })
  const folder = mkdtempSync(join(tmpdir(), 'agon-conformance-'))
  const rendezvous = hub.publish(folder, 'hub', NAME, {
    rendezvous: 'hub.json',
    token: tokenFile === undefined ? 'hub.token' : relative(folder, resolve(tokenFile)),
    authority: 'hub.pem',
    keepsToken: tokenFile !== undefined,
  })
  const party: ThirdParty | null =
    request.command.length === 0 ? null : startsThirdParty(request.command, rendezvous, onWord)
  try {
    yield* examineActor({
      part: partOf(role, {
        environment,
        handle,
        ref: { module, options },
        payload: request.payload,
      }),
      desk,
      ledger: createFrameLedger(),
      timers: realTimers,
      heartbeatMs: HEARTBEAT_MS,
      missedHeartbeats: MISSED_HEARTBEATS,
      patienceMs,
      attachMs,
      newSession: newToken,
      summon() {
        onAwait(rendezvous, hub.address)
        party?.summon()
      },
    })
  } finally {
    await party?.close()
    await hub.close(GRACE_MS)
    rmSync(folder, { recursive: true, force: true })
  }
}

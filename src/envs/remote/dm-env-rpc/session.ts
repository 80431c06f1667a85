import { AgonError } from '../../../core/errors.ts'
import type { dmEnvRpc } from '../../../wire/index.ts'
import type { Environment } from '../../contract.ts'
import type { SlotBudget } from '../server/slot-budget.ts'
import { readSettings } from './settings.ts'
import { encodeSpecs } from './specs.ts'
import { World } from './world.ts'

type Request = dmEnvRpc.v1.EnvironmentRequest
type Reply = dmEnvRpc.v1.EnvironmentResponse.$Properties

/** The worlds of a server, which all of its streams may join. */
export interface Worlds {
  readonly environment: Environment<unknown>
  readonly byName: Map<string, World>
  readonly budget: SlotBudget
  /** Created so far. */
  count: number
}

/** One stream of the protocol: an agent that may join one world at a time. */
export class DmSession {
  readonly #worlds: Worlds
  /** Worlds that this stream created: they end with it. */
  readonly #own = new Set<string>()
  #joined: World | null = null

  constructor(worlds: Worlds) {
    this.#worlds = worlds
  }

  /** @throws AgonError what is wrong with the request */
  answer(request: Request): Reply {
    const { step, createWorld, joinWorld, reset, resetWorld, leaveWorld, destroyWorld } = request
    if (step != null) return { step: this.#world().step(step) }
    if (createWorld != null) return { createWorld: { worldName: this.#create(createWorld) } }
    if (joinWorld != null) return { joinWorld: this.#join(joinWorld) }
    if (reset != null) {
      this.#world().reset(this.#settings(reset.settings))
      return { reset: { specs: this.#specs() } }
    }
    if (resetWorld != null) {
      this.#find(resetWorld.worldName).resetWorld(this.#settings(resetWorld.settings))
      return { resetWorld: {} }
    }
    if (leaveWorld != null) {
      this.#leave()
      return { leaveWorld: {} }
    }
    if (destroyWorld != null) {
      this.#destroy(destroyWorld.worldName)
      return { destroyWorld: {} }
    }
    return properties(request)
  }

  #settings(settings: Readonly<Record<string, dmEnvRpc.v1.Tensor.$Properties>>) {
    return readSettings(settings, this.#worlds.environment.levels)
  }

  #specs() {
    return encodeSpecs(this.#worlds.environment.spec)
  }

  #create({ settings }: dmEnvRpc.v1.CreateWorldRequest): string {
    const read = this.#settings(settings)
    this.#worlds.budget.take(1)
    const name = `world-${++this.#worlds.count}`
    this.#worlds.byName.set(name, new World(this.#worlds.environment, read))
    this.#own.add(name)
    return name
  }

  #join({ worldName, settings }: dmEnvRpc.v1.JoinWorldRequest) {
    if (this.#joined !== null) throw order('this stream has joined a world already')
    const [setting] = Object.keys(settings)
    if (setting !== undefined)
      throw new AgonError('environment/setting', `there is no setting '${setting}' for joining`)
    const world = this.#find(worldName)
    if (world.joined) throw order(`another stream plays '${worldName}'`)
    world.joined = true
    this.#joined = world
    return { specs: this.#specs() }
  }

  #leave(): void {
    // Whoever left in the middle of a sequence leaves none behind.
    this.#joined?.reset({})
    if (this.#joined !== null) this.#joined.joined = false
    this.#joined = null
  }

  #destroy(name: string): void {
    const world = this.#find(name)
    if (world.joined) throw order(`'${name}' is being played`)
    world.close()
    this.#worlds.byName.delete(name)
    this.#worlds.budget.give(1)
  }

  #find(name: string): World {
    const world = this.#worlds.byName.get(name)
    if (world !== undefined) return world
    throw new AgonError('environment/world/unknown', `there is no world '${name}'`)
  }

  #world(): World {
    if (this.#joined !== null) return this.#joined
    throw order('this stream has joined no world')
  }

  /** The stream is over: it leaves, and its worlds end that nobody plays. */
  close(): void {
    this.#leave()
    for (const name of this.#own) {
      const world = this.#worlds.byName.get(name)
      if (world !== undefined && !world.joined) this.#destroy(name)
    }
    this.#own.clear()
  }
}

/** What comes at the wrong time. */
const order = (message: string): AgonError => new AgonError('environment/not-open', message)

function properties({ readProperty, writeProperty, listProperty }: Request): Reply {
  if (listProperty != null) return { listProperty: { properties: {} } }
  if (readProperty != null || writeProperty != null)
    throw new AgonError('environment/property/unknown', 'there are no properties')
  throw new AgonError('environment/unsupported', 'the request asks for nothing that is known here')
}

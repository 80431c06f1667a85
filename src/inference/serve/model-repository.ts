import type { Clock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import { prepareCuda } from '../cuda/prepare-cuda.ts'
import type { ModelSource, ServingOptions } from './contract.ts'
import { ModelVersion } from './model-version.ts'
import type { ServingRules } from './open-lanes.ts'
import { SequenceTable } from './sequence-table.ts'

/** A model by name: its versions, and what outlives them. */
export interface ServedModel {
  /** Oldest first; the last answers requests that name no version. */
  readonly versions: ReadonlyMap<string, ModelVersion>
  readonly sequences: SequenceTable
}

interface Entry extends ServedModel {
  readonly versions: Map<string, ModelVersion>
  /** Numbers the next version that has no name of its own. */
  next: number
}

/** Models by name and version, each opened in threads of its own. */
export class ModelRepository {
  readonly #models = new Map<string, Entry>()
  readonly #rules: ServingRules
  readonly #clock: Pick<Clock, 'now'>
  readonly #onHealth: (name: string, healthy: boolean) => void

  /**
   * @param onHealth called when a model begins or ceases to answer
   * @throws AgonError `inference/options`
   */
  constructor(
    options: ServingOptions,
    clock: Pick<Clock, 'now'>,
    onHealth: (name: string, healthy: boolean) => void,
  ) {
    this.#rules = servingRules(options)
    this.#clock = clock
    this.#onHealth = onHealth
  }

  get models(): ReadonlyMap<string, ServedModel> {
    return this.#models
  }

  /**
   * Adds a version; from when this resolves it answers requests that name none. Versions before it stay.
   * @param version default: 1, 2, 3 …
   * @throws AgonError `inference/name`, `inference/version-exists`, those of `openSession` and `checkGraph`
   */
  async load(name: string, source: ModelSource, version?: string): Promise<ModelVersion> {
    checkName(name)
    const entry = this.#models.get(name)
    const label = version ?? String(entry?.next ?? 1)
    if (entry?.versions.has(label) === true)
      throw new AgonError('inference/version-exists', `model '${name}' has a version ${label}`)
    const opened = await ModelVersion.open(name, label, source, {
      rules: this.#rules,
      clock: this.#clock,
      brokeDown: () => this.#sayHealth(name),
    })
    const kept = this.#models.get(name) ?? this.#newEntry(name)
    kept.versions.set(label, opened)
    kept.next = Math.max(kept.next, Number(label) + 1 || 0)
    this.#sayHealth(name)
    return opened
  }

  /**
   * Puts a new version in place of all others, which answer what they have taken and are then unloaded. No request is lost:
   * until the new one is ready the old ones answer, and from then on it does.
   * @throws AgonError those of {@link load}; then nothing has changed
   */
  async swap(name: string, source: ModelSource, version?: string): Promise<ModelVersion> {
    const loaded = await this.load(name, source, version)
    const others = [...(this.#models.get(name)?.versions.keys() ?? [])].filter(
      (label) => label !== loaded.info.version,
    )
    await Promise.all(others.map((label) => this.unload(name, label)))
    return loaded
  }

  /** Takes a version away, or all of a model: new requests do not find it, those taken are answered first. */
  async unload(name: string, version?: string): Promise<void> {
    const entry = this.#models.get(name)
    if (entry === undefined) throw this.#unknown(name, version)
    const gone = version === undefined ? [...entry.versions.values()] : [this.get(name, version)]
    for (const { info } of gone) entry.versions.delete(info.version)
    if (entry.versions.size === 0) this.#models.delete(name)
    this.#sayHealth(name)
    for (const old of gone) {
      await old.idle()
      await old.close()
    }
  }

  /**
   * The version that answers.
   * @param version empty: the newest
   * @throws AgonError `inference/unknown`
   */
  get(name: string, version: string): ModelVersion {
    const versions = this.#models.get(name)?.versions
    const found = version === '' ? [...(versions?.values() ?? [])].at(-1) : versions?.get(version)
    if (found === undefined) throw this.#unknown(name, version)
    return found
  }

  /** Whether requests to a model are answered. */
  healthy(name: string, version = ''): boolean {
    const versions = this.#models.get(name)?.versions
    if (versions === undefined || (version !== '' && !versions.has(version))) return false
    return this.get(name, version).broken === undefined
  }

  sequences(name: string): SequenceTable {
    return this.#models.get(name)!.sequences
  }

  /** Resolves when every request that was taken is answered. */
  async idle(): Promise<void> {
    await Promise.all(this.#all().map((version) => version.idle()))
  }

  async close(): Promise<void> {
    const all = this.#all()
    this.#models.clear()
    await Promise.all(all.map((version) => version.close()))
  }

  #all(): readonly ModelVersion[] {
    return [...this.#models.values()].flatMap(({ versions }) => [...versions.values()])
  }

  #sayHealth(name: string): void {
    this.#onHealth(name, this.healthy(name))
  }

  #newEntry(name: string): Entry {
    const { maxSequences, sequenceIdleMs } = this.#rules
    const sequences = new SequenceTable(maxSequences, sequenceIdleMs)
    const entry: Entry = { versions: new Map(), sequences, next: 1 }
    this.#models.set(name, entry)
    return entry
  }

  #unknown(name: string, version: string | undefined): AgonError {
    const model = this.#models.get(name)
    if (model === undefined)
      return new AgonError('inference/unknown', `no model '${name}' is served`, {
        remedy: `there are: ${[...this.#models.keys()].join(', ') || 'none'}`,
      })
    return new AgonError('inference/unknown', `model '${name}' has no version '${version}'`, {
      remedy: `there are: ${[...model.versions.keys()].join(', ')}; without one the newest answers`,
    })
  }
}

function servingRules(options: ServingOptions): ServingRules {
  const { maxBatch = 256, device = 'cpu', ...given } = options
  const devices = typeof device === 'string' ? [device] : device
  if (devices.length === 0) throw badOption('device names none')
  if (devices.some((each) => each !== 'cpu')) prepareCuda({ tf32: options.tf32 ?? false })
  const rules: ServingRules = {
    tf32: false,
    workers: devices.length,
    maxDelayMs: 0,
    alone: false,
    maxSequences: 4096,
    sequenceIdleMs: 60_000,
    ...given,
    devices,
    maxBatch,
    maxQueueRows: options.maxQueueRows ?? 16 * maxBatch,
  }
  for (const name of ['workers', 'maxBatch', 'maxQueueRows', 'maxSequences'] as const)
    if (!Number.isSafeInteger(rules[name]) || rules[name] < 1)
      throw badOption(`${name} is a whole number from 1, not ${rules[name]}`)
  for (const name of ['maxDelayMs', 'sequenceIdleMs'] as const)
    if (!(rules[name] >= 0)) throw badOption(`${name} is a time from 0 ms, not ${rules[name]}`)
  if (rules.maxQueueRows < maxBatch)
    throw badOption(`maxQueueRows is at least maxBatch, ${maxBatch}, not ${rules.maxQueueRows}`)
  return rules
}

function badOption(message: string): AgonError {
  return new AgonError('inference/options', message)
}

/** Names stand in addresses (`kserve://host:port/name`), labels and health: no more than those can carry. */
function checkName(name: string): void {
  if (/^[\w.-]{1,128}$/.test(name)) return
  throw new AgonError('inference/name', `'${name}' is no name for a model`, {
    remedy: 'take letters, digits, _, . and -, at most 128 of them',
  })
}

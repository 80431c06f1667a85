import type { agon } from '../../../wire/index.ts'
import type { EnvironmentSpec } from '../../contract.ts'
import { isCut } from '../../finals.ts'
import { type ObservationLaw, observationLaws, observed, stepLimit, wrong } from './answer-law.ts'
import type { SharedStep } from './shared-step.ts'

type Reply = agon.v1.StepReply.$Properties

const ACT = 'act'
const NO_BYTES = new Uint8Array(0)
const MOST_DEPARTED = 2

/** Writes the answers to the steps of one vector environment where whoever steps reads them. Allocates nothing. */
export type StepWriter = (reply: Reply) => void

/**
 * Nothing is believed: the headers of each tensor are compared before it is copied, and flags in the pass that copies them.
 * Values of observations are not looked at.
 * @param nextLevel whether slots go on with a next level, and so may say that one began
 */
export function stepWriter(
  spec: EnvironmentSpec,
  into: SharedStep,
  nextLevel: boolean,
): StepWriter {
  const laws = observationLaws(spec)
  const targets = laws.map(({ name }) => bytesOf(into.buffers.observations[name]))
  const rewardBytes = bytesOf(into.buffers.rewards)
  const { rewards } = into.buffers
  const rows = rewards.length
  const begun = new Uint8Array(into.limits.length)
  /** Which observations of this answer were there. */
  const seen = new Uint8Array(laws.length)

  const write = ({ name, tensor }: agon.v1.NamedTensor.$Properties, at: number): void => {
    // They come in the order of names; in another one they are looked up.
    const index = laws[at]?.name === name ? at : indexOf(laws, name ?? '')
    if (index < 0) throw wrong(ACT, `one of ${names(laws)}`, `an observation '${name}'`)
    if (seen[index] === 1) throw wrong(ACT, 'each observation once', `two of '${name}'`)
    seen[index] = 1
    targets[index].set(observed(ACT, laws[index], rows, tensor))
  }

  const { finals } = into.buffers
  const last = finals === undefined ? null : laws.map(({ name }) => bytesOf(finals[name]))

  return (reply) => {
    const given = reply.observations ?? []
    seen.fill(0)
    for (let i = 0; i < given.length; i++) write(given[i], i)
    if (given.length !== laws.length)
      throw wrong(ACT, `the observations ${names(laws)}`, `${given.length} of them`)
    rewardBytes.set(bytesDue('rewards', reply.rewards, rewardBytes.length))
    checkRewards(rewards, spec.agents)
    const ended = bytesDue('terminated', reply.terminated, rows)
    writeFlags(ended, bytesDue('truncated', reply.truncated, rows), into.buffers, spec.agents)
    writeDepartures(reply.departed ?? NO_BYTES, into.buffers, spec.agents)
    writeFinals(reply.finals ?? [], laws, into.buffers, last)
    writeBegun(reply.began ?? [], reply.maxSteps ?? [], into, nextLevel, spec.agents, begun)
  }
}

export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

const names = (laws: readonly ObservationLaw[]): string => laws.map(({ name }) => name).join(', ')

function indexOf(laws: readonly ObservationLaw[], name: string): number {
  for (let i = 0; i < laws.length; i++) if (laws[i].name === name) return i
  return -1
}

function bytesDue(name: string, given: Uint8Array | null | undefined, due: number): Uint8Array {
  if (given != null && given.length === due) return given
  throw wrong(ACT, `${due} bytes of ${name}`, `${given?.length ?? 0}`)
}

/** @throws AgonError `environment/answer` */
export function checkRewards(rewards: Float32Array, agents: number): void {
  for (let row = 0; row < rewards.length; row++)
    if (!Number.isFinite(rewards[row]))
      throw wrong(
        ACT,
        `a finite reward of slot ${Math.floor(row / agents)} (row ${row})`,
        `${rewards[row]}`,
      )
}

/** @throws AgonError `environment/answer` */
export function writeFlags(
  ended: Uint8Array,
  cut: Uint8Array,
  { terminated, truncated }: SharedStep['buffers'],
  agents: number,
): void {
  for (let row = 0; row < terminated.length; row++) {
    const by = ended[row]
    const from = cut[row]
    if (by + from > 1)
      throw wrong(
        ACT,
        `terminated and truncated of slot ${Math.floor(row / agents)} (row ${row}) as 0 or 1, never both`,
        `${by} and ${from}`,
      )
    terminated[row] = by
    truncated[row] = from
  }
}

/**
 * Who left an episode that goes on; nothing may come where nobody asks.
 * @throws AgonError `environment/answer`
 */
export function writeDepartures(
  given: Uint8Array,
  { terminated, truncated, departed }: SharedStep['buffers'],
  agents: number,
): void {
  const due = departed?.length ?? 0
  if (given.length !== due) throw wrong(ACT, `${due} bytes of departed`, `${given.length}`)
  if (departed === undefined) return
  for (let row = 0; row < due; row++) {
    const how = given[row]
    const over = terminated[row] + truncated[row] > 0
    if (how > MOST_DEPARTED || (how > 0 && over))
      throw wrong(
        ACT,
        `departed of slot ${Math.floor(row / agents)} (row ${row}) as 0, 1 or 2, and 0 where the episode ended`,
        `${how}`,
      )
    departed[row] = how
  }
}

/** Rows that were cut, in order, to where they stand among all; `into` is null where none are asked for. */
function writeFinals(
  given: readonly agon.v1.NamedTensor.$Properties[],
  laws: readonly ObservationLaw[],
  buffers: SharedStep['buffers'],
  into: readonly Uint8Array[] | null,
): void {
  const all = buffers.truncated.length
  let rows = 0
  for (let row = 0; row < all; row++) rows += isCut(buffers, row) ? 1 : 0
  const due = into === null || rows === 0 ? 0 : laws.length
  if (given.length !== due)
    throw wrong(ACT, `${due} finals for ${rows} rows that were cut`, `${given.length}`)
  for (let i = 0; i < due; i++) {
    const { name, bytesPerRow } = laws[i]
    const tensor = given.find((one) => one.name === name)?.tensor
    const data = observed(`${ACT} (finals)`, laws[i], rows, tensor)
    let at = 0
    for (let row = 0; row < all; row++)
      if (isCut(buffers, row)) {
        into?.[i].set(data.subarray(at, at + bytesPerRow), row * bytesPerRow)
        at += bytesPerRow
      }
  }
}

/**
 * @param begun `[slots]`, for its own use
 * @throws AgonError `environment/answer`
 */
export function writeBegun(
  slots: ArrayLike<number>,
  steps: ArrayLike<number>,
  { began, limits, buffers }: SharedStep,
  nextLevel: boolean,
  agents: number,
  begun: Uint8Array,
): void {
  if (slots.length > 0 && !nextLevel)
    throw wrong(ACT, 'no slot that began a next level', `${slots.length}`)
  if (slots.length > limits.length || steps.length !== slots.length)
    throw wrong(
      ACT,
      'one step limit for each slot that began',
      `${steps.length} for ${slots.length}`,
    )
  begun.fill(0)
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]
    if (slot >= limits.length)
      throw wrong(ACT, `slots from 0 to ${limits.length - 1} that began`, `slot ${slot}`)
    if (begun[slot] === 1) throw wrong(ACT, 'each slot that began once', `slot ${slot} twice`)
    if (!hasEnded(slot, agents, buffers))
      throw wrong(ACT, 'slots that began after an end', `slot ${slot}, whose episode goes on`)
    begun[slot] = 1
    limits[i] = stepLimit(ACT, slot, steps[i])
    began[1 + i] = slot
  }
  began[0] = slots.length
}

function hasEnded(
  slot: number,
  agents: number,
  { terminated, truncated }: SharedStep['buffers'],
): boolean {
  for (let row = slot * agents; row < (slot + 1) * agents; row++)
    if (terminated[row] + truncated[row] > 0) return true
  return false
}

import { AgonError } from '../../core/errors.ts'
import type { ActorId } from '../../core/ids.ts'
import type { OutsidePlatform, Placement, Platform } from '../../run/contract.ts'
import type { agon } from '../../wire/index.ts'

/** A platform of Agon in the words of the wire. */
export function wirePlatform(platform: Platform): OutsidePlatform {
  return {
    engine: `onnxruntime ${platform.onnxruntime}`,
    provider: platform.provider,
    arch: platform.arch,
    instructions: platform.instructions,
    runtime: `node ${platform.node.split('.')[0]}`,
  }
}

export interface AdmissionInput {
  /** Of the hub. */
  readonly platform: Platform
  readonly policy: 'refuse' | 'inexact'
  readonly placement: (actor: ActorId) => Placement
  /** What an outsider said when it first came; null while none has. */
  readonly known: (actor: ActorId) => OutsidePlatform | null
  readonly remember: (actor: ActorId, platform: OutsidePlatform) => void
  /** The result is no longer a function of config, seed and platform alone. */
  readonly inexact: (actor: ActorId, reason: string) => void
}

/**
 * Whether an actor may take a place: one of Agon itself must be on the hub's platform, an outsider on that of the one who had
 * its place first. What decides the last bits may not change in the middle of a run without a word.
 */
export function admission(
  input: AdmissionInput,
): (actor: ActorId, platform: agon.v1.Platform.$Properties | null) => void {
  return (actor, told) => {
    const found = readable(told)
    const own = input.placement(actor) !== 'attach'
    const before = own ? wirePlatform(input.platform) : input.known(actor)
    if (before === null) {
      if (told === null) input.inexact(actor, 'it does not say what computes its numbers')
      input.remember(actor, found)
      return
    }
    const differences = (Object.keys(before) as (keyof OutsidePlatform)[])
      .filter((name) => before[name] !== found[name])
      .map((name) => `${name} '${before[name]}' → '${found[name]}'`)
    if (differences.length === 0) return
    const reason = `its numeric platform is another one (${differences.join('; ')})`
    if (input.policy === 'refuse')
      throw new AgonError('attach/platform', `${actor} cannot go on there: ${reason}`, {
        remedy: 'use a machine like the one before, or set hub.otherPlatform: inexact',
      })
    input.inexact(actor, reason)
  }
}

function readable(told: agon.v1.Platform.$Properties | null): OutsidePlatform {
  const text = (value: string | null | undefined): string => (value ?? '').slice(0, 500)
  return {
    engine: text(told?.engine),
    provider: text(told?.provider),
    arch: text(told?.arch),
    instructions: text(told?.instructions),
    runtime: text(told?.runtime),
  }
}

import type { GalleryLevel, GalleryReason } from '../../../adversaries/contract.ts'
import { AgonError } from '../../../core/errors.ts'
import { readSafetensors, writeSafetensors } from '../../../core/safetensors.ts'
import type { Snapshot } from '../../../core/snapshot.ts'
import { parseCard } from '../../../inference/card.ts'
import type { PolicyFile } from '../../../inference/contract.ts'
import type { agon } from '../../../wire/index.ts'
import { bytes, checkNesting, document, finite, json, listed, text } from './fields.ts'

/** Snapshots, policies and galleries as the wire has them. */

export function encodeSnapshot(snapshot: Snapshot): agon.v1.Snapshot.$Properties {
  const { kind, version, state, tensors } = snapshot
  return {
    kind,
    version,
    stateJson: JSON.stringify(state),
    tensors: Object.keys(tensors).length === 0 ? new Uint8Array(0) : writeSafetensors(tensors),
  }
}

/** @throws AgonError `wire/body`, `safetensors/corrupt` */
export function decodeSnapshot(wire: agon.v1.Snapshot.$Properties): Snapshot {
  const tensors = wire.tensors ?? new Uint8Array(0)
  return {
    kind: text(wire.kind, 'snapshot.kind'),
    version: wire.version ?? 0,
    state: json(wire.stateJson, 'snapshot.state_json'),
    tensors: tensors.length === 0 ? {} : readSafetensors(tensors, 'snapshot'),
  }
}

export function encodePolicy({ onnx, card }: PolicyFile): agon.v1.PolicyFile.$Properties {
  return { onnx, cardJson: JSON.stringify(card) }
}

/** Characters: a card with the normalisation of a large observation has some ten thousand. */
const LONGEST_CARD = 1_000_000

/** @throws AgonError `wire/body`, `policy/card` */
export function decodePolicy(wire: agon.v1.PolicyFile.$Properties): PolicyFile {
  const card = document(wire.cardJson, 'policy.card_json', LONGEST_CARD)
  checkNesting(card, 'policy.card_json')
  return { onnx: bytes(wire.onnx, 'policy.onnx'), card: parseCard(card, 'policy card') }
}

const REASONS: readonly GalleryReason[] = ['high-score', 'low-score', 'most-edited', 'recent']

export function encodeGallery(
  gallery: readonly GalleryLevel[],
): agon.v1.GalleryLevel.$Properties[] {
  return gallery.map(({ ancestry, ...level }) => ({
    ...level,
    ancestry: ancestry.map((ancestor) => ({ ...ancestor })),
  }))
}

/** Levels that an adversary may show. */
const MOST_SHOWN = 24
/** Longer than any line of edits that a run has made. */
const MOST_ANCESTORS = 100_000

/** @throws AgonError `wire/body`, `wire/number` */
export function decodeGallery(wire: readonly agon.v1.GalleryLevel.$Properties[]): GalleryLevel[] {
  return listed(wire, 'gallery', MOST_SHOWN).map((level) => {
    const reason = REASONS.find((known) => known === level.reason)
    if (reason === undefined)
      throw new AgonError('wire/body', `'${level.reason}' is no reason to show a level`, {
        remedy: `say one of ${REASONS.join(', ')}`,
      })
    return {
      reason,
      level: bytes(level.level, 'gallery.level'),
      score: finite(level.score, 'gallery.score'),
      id: text(level.id, 'gallery.id'),
      generation: level.generation ?? 0,
      ancestry: listed(level.ancestry, 'gallery.ancestry', MOST_ANCESTORS).map((ancestor) => ({
        id: text(ancestor.id, 'gallery.ancestry.id'),
        operator: text(ancestor.operator, 'gallery.ancestry.operator'),
        ...(ancestor.level == null
          ? {}
          : { level: bytes(ancestor.level, 'gallery.ancestry.level') }),
      })),
    }
  })
}

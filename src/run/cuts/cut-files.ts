import type { Cut } from '../../actors/roles/experiment-contract.ts'
import type { GalleryLevel } from '../../adversaries/contract.ts'
import { fromUtf8, sha256, utf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import type { ActorId, SlotId } from '../../core/ids.ts'
import { readSafetensors, writeSafetensors } from '../../core/safetensors.ts'
import type { Json, Snapshot } from '../../core/snapshot.ts'
import type { NamedTensors, Tensor } from '../../core/tensor.ts'
import { formatCard, parseCard } from '../../inference/card.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { GalleryFile } from '../contract.ts'

/** A cut as files: name → bytes. Canonical: the same cut gives the same bytes. */
export type CutFiles = Readonly<Record<string, Uint8Array>>

/** What `manifest.json` of a cut says of the others. */
export interface CutManifest {
  readonly format: 1
  readonly cycle: number
  readonly spent: Cut['spent']
  /** Of the parts of the config that decide the bits; another experiment's cut is foreign. */
  readonly configSha256: string
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
}

interface StateFile {
  readonly [actor: string]: {
    readonly kind: string
    readonly version: number
    readonly state: Json
  }
}

export const policyName = (slot: string, slots: number): string =>
  slots === 1 ? 'policy' : `policy-${slot}`

const JSON_INDENT = 1

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1

/** @param configSha256 identity of the experiment */
export function encodeCut(cut: Cut, configSha256: string): CutFiles {
  const state: Record<string, StateFile[string]> = {}
  const tensors: Record<string, Tensor> = {}
  // Actors and slots are sorted: they answer in any order.
  for (const [actor, snapshot] of Object.entries(cut.snapshots).sort(byName)) {
    state[actor] = { kind: snapshot.kind, version: snapshot.version, state: snapshot.state }
    for (const [name, value] of Object.entries(snapshot.tensors))
      tensors[`${actor}:${name}`] = value
  }
  const slots = Object.keys(cut.policies).sort()
  const files: Record<string, Uint8Array> = {
    'state.json': utf8(`${JSON.stringify({ actors: state, slots }, null, JSON_INDENT)}\n`),
    'tensors.safetensors': writeSafetensors(tensors),
    'gallery.json': utf8(`${JSON.stringify(galleryFile(cut))}\n`),
  }
  for (const [slot, policy] of Object.entries(cut.policies).sort(byName)) {
    const name = policyName(slot, slots.length)
    files[`${name}.onnx`] = policy.onnx
    files[`${name}.yaml`] = utf8(formatCard(policy.card))
  }
  const manifest: CutManifest = {
    format: 1,
    cycle: cut.cycle,
    spent: cut.spent,
    configSha256,
    files: Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [
        name,
        { bytes: bytes.length, sha256: sha256(bytes) },
      ]),
    ),
  }
  const body = JSON.stringify(manifest, null, JSON_INDENT)
  // The last line seals the manifest itself.
  return { ...files, 'manifest.json': utf8(`${body}\n${sha256(body)}\n`) }
}

/**
 * Reads and checks a cut.
 * @param read gives a file's bytes, or null where there is none
 * @throws AgonError `cut/torn` (missing or short), `cut/tampered` (other bytes), `cut/foreign`, naming the file
 */
export function decodeCut(
  read: (name: string) => Uint8Array | null,
  place: string,
  configSha256: string,
): Cut {
  const manifest = readManifest(read, place)
  if (manifest.configSha256 !== configSha256)
    throw new AgonError(
      'cut/foreign',
      'this cut belongs to another experiment (other config or seed)',
      {
        place: `${place}/manifest.json`,
        remedy: 'move it out of the run directory',
      },
    )
  const files: Record<string, Uint8Array> = {}
  for (const [name, expected] of Object.entries(manifest.files)) {
    const bytes = read(name)
    if (bytes === null || bytes.length !== expected.bytes)
      throw new AgonError(
        'cut/torn',
        bytes === null
          ? 'the file is missing'
          : `the file has ${bytes.length} bytes, ${expected.bytes} were written`,
        { place: `${place}/${name}` },
      )
    if (sha256(bytes) !== expected.sha256)
      throw new AgonError('cut/tampered', 'the file is not what was written: its hash differs', {
        place: `${place}/${name}`,
      })
    files[name] = bytes
  }
  return assemble(manifest, files, place)
}

function readManifest(read: (name: string) => Uint8Array | null, place: string): CutManifest {
  const at = `${place}/manifest.json`
  const bytes = read('manifest.json')
  if (bytes === null) throw new AgonError('cut/torn', 'the file is missing', { place: at })
  try {
    const text = fromUtf8(bytes)
    const end = text.lastIndexOf('\n', text.length - 2)
    const body = text.slice(0, end)
    if (text.slice(end + 1).trim() !== sha256(body)) throw new Error('its seal differs')
    const manifest = JSON.parse(body) as CutManifest
    if (manifest.format !== 1) throw new Error(`format ${manifest.format} is not known`)
    return manifest
  } catch (cause) {
    throw new AgonError('cut/tampered', `the manifest is damaged: ${(cause as Error).message}`, {
      place: at,
      cause,
    })
  }
}

function assemble(manifest: CutManifest, files: CutFiles, place: string): Cut {
  const state = JSON.parse(fromUtf8(files['state.json'])) as {
    readonly actors: StateFile
    readonly slots: readonly SlotId[]
  }
  const all = readSafetensors(files['tensors.safetensors'], `${place}/tensors.safetensors`)
  const snapshots: Record<string, Snapshot> = {}
  for (const [actor, part] of Object.entries(state.actors))
    snapshots[actor] = { ...part, tensors: ofActor(all, actor as ActorId) }
  const policies: Record<string, PolicyFile> = {}
  for (const slot of state.slots) {
    const name = policyName(slot, state.slots.length)
    const yaml = fromUtf8(files[`${name}.yaml`])
    policies[slot] = { onnx: files[`${name}.onnx`], card: parseCard(yaml, `${place}/${name}.yaml`) }
  }
  return {
    cycle: manifest.cycle,
    epoch: 0,
    spent: manifest.spent,
    snapshots,
    policies,
    gallery: [],
  }
}

function ofActor(all: NamedTensors, actor: ActorId): NamedTensors {
  const prefix = `${actor}:`
  const own = Object.entries(all).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]))
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

function galleryFile(cut: Cut): GalleryFile {
  return {
    cycle: cut.cycle,
    // Key by key: the same bytes, whoever made the records and in whatever order.
    levels: cut.gallery.map(({ reason, id, level, score, generation, ancestry }: GalleryLevel) => ({
      reason,
      id,
      level: base64(level),
      score,
      generation,
      ancestry: ancestry.map((ancestor) => ({
        id: ancestor.id,
        operator: ancestor.operator,
        ...(ancestor.level === undefined ? {} : { level: base64(ancestor.level) }),
      })),
    })),
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { utf8 } from '../core/bytes.ts'
import { withFile } from '../core/system-errors.ts'
import { formatCard, parseCard } from '../inference/card.ts'
import type { PolicyFile } from '../inference/contract.ts'
import { replaceFile } from './durable-file.ts'

/** Where `--init` is kept, for a run that is killed before its first cut. */
export const KEPT_INIT = 'init'

/** Writes `<name>.onnx` and `<name>.yaml`, each at once. */
export function keepPolicy(name: string, policy: PolicyFile): void {
  replaceFile(`${name}.onnx`, policy.onnx)
  replaceFile(`${name}.yaml`, utf8(formatCard(policy.card)))
}

/**
 * The policy under `name`, or null where there is none.
 * @throws AgonError `policy/card` for a damaged card
 */
export function readKeptPolicy(name: string): PolicyFile | null {
  if (!existsSync(`${name}.onnx`) || !existsSync(`${name}.yaml`)) return null
  const read = (path: string): Buffer => withFile(path, () => readFileSync(path))
  const card = parseCard(read(`${name}.yaml`).toString('utf8'), `${name}.yaml`)
  return { onnx: new Uint8Array(read(`${name}.onnx`)), card }
}

import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { utf8 } from '../core/bytes.ts'
import { AgonError } from '../core/errors.ts'
import { naming } from '../core/system-errors.ts'
import { formatCard, parseCard } from './card.ts'
import type { PolicyFile } from './contract.ts'
import { readModel } from './onnx/read-model.ts'

/** `policy.onnx` → `policy.yaml`. */
export function cardPath(onnxPath: string): string {
  return onnxPath.replace(/\.onnx$/i, '').concat('.yaml')
}

/**
 * Reads `<name>.onnx`, with the data that it keeps in files beside it, and the card.
 * @throws AgonError `policy/missing`, `policy/card-missing` saying what to write, `policy/card`, `onnx/external-data`
 */
export async function readPolicyFile(path: string): Promise<PolicyFile> {
  if (!/\.onnx$/i.test(path))
    throw new AgonError('policy/missing', `a policy is a .onnx file, not ${path}`, { place: path })
  const onnx = await readModel(path)
  const beside = cardPath(path)
  if (!existsSync(beside))
    throw new AgonError('policy/card-missing', `there is no card beside the policy: ${beside}`, {
      place: path,
      remedy:
        'write one that says format, agon, environment {id, profile}, observations, actions, state and decode; ' +
        'docs/policies.md has one to copy. For the football policies that others released `agon import` writes it',
    })
  const card = await readFile(beside, 'utf8').catch((cause) => {
    throw naming(beside, cause)
  })
  return { onnx, card: parseCard(card, beside) }
}

/** Writes `<name>.onnx` and `<name>.yaml`, making the folder. */
export async function writePolicyFile(path: string, file: PolicyFile): Promise<void> {
  if (!/\.onnx$/i.test(path))
    throw new AgonError('policy/missing', `a policy is a .onnx file, not ${path}`, { place: path })
  const card = utf8(formatCard(file.card))
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, file.onnx)
  await writeFile(cardPath(path), card)
}

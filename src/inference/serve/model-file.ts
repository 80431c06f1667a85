import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { AgonError } from '../../core/errors.ts'
import { cardPath, readPolicyFile } from '../policy-file.ts'
import type { ModelSource } from './contract.ts'

/**
 * Reads an ONNX file, with its card where one stands beside it.
 * @throws AgonError `policy/missing`, `policy/card`
 */
export async function readModelFile(path: string): Promise<ModelSource> {
  if (existsSync(cardPath(path))) return await readPolicyFile(path)
  try {
    return { onnx: new Uint8Array(await readFile(path)) }
  } catch (cause) {
    throw new AgonError('policy/missing', `the model cannot be read: ${(cause as Error).message}`, {
      place: path,
      cause,
    })
  }
}

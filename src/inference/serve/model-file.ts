import { existsSync } from 'node:fs'
import { readModel } from '../onnx/read-model.ts'
import { cardPath, readPolicyFile } from '../policy-file.ts'
import type { ModelSource } from './contract.ts'

/**
 * Reads an ONNX file, with its card where one stands beside it.
 * @throws AgonError `policy/missing`, `policy/card`, `onnx/external-data`
 */
export async function readModelFile(path: string): Promise<ModelSource> {
  return existsSync(cardPath(path)) ? await readPolicyFile(path) : { onnx: await readModel(path) }
}

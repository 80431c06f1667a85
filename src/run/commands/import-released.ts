import { readFile } from 'node:fs/promises'
import { AgonError, fromErrorRecord, toErrorRecord } from '../../core/errors.ts'
import { type PolicyCard, writePolicyFile } from '../../inference/index.ts'
import { importPolicy } from '../../play/index.ts'

/** @throws AgonError `policy/missing`, `policy/release`, `policy/graph`, `policy/unwritable`, `onnx/corrupt` */
export async function importReleased(
  file: string,
  release: string | undefined,
  path: string,
): Promise<PolicyCard> {
  const onnx = await readFile(file).catch((cause: Error) => {
    throw new AgonError('policy/missing', `the policy cannot be read: ${cause.message}`, {
      place: file,
      cause,
    })
  })
  const policy = await importPolicy(new Uint8Array(onnx), release).catch((error) => {
    throw fromErrorRecord({ ...toErrorRecord(error), place: file }, error)
  })
  try {
    await writePolicyFile(path, policy)
  } catch (cause) {
    if (cause instanceof AgonError) throw cause
    throw new AgonError('policy/unwritable', (cause as Error).message, {
      place: path,
      remedy: 'choose another folder with --out',
      cause,
    })
  }
  return policy.card
}

import { AgonError, fromErrorRecord, toErrorRecord } from '../../../core/errors.ts'
import { type PolicyCard, writePolicyFile } from '../../../inference/index.ts'
import { readModel } from '../../../inference/onnx/read-model.ts'
import { importPolicy } from '../../../play/index.ts'

/** @throws AgonError `policy/missing`, `policy/release`, `policy/graph`, `policy/unwritable`, `onnx/corrupt`, `onnx/external-data` */
export async function importReleased(
  file: string,
  release: string | undefined,
  path: string,
): Promise<PolicyCard> {
  const onnx = await readModel(file)
  const policy = await importPolicy(onnx, release).catch((error) => {
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

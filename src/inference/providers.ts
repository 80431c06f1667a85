import type { AgonError } from '../core/errors.ts'
import { type TakenDevice, takenDevice } from './device.ts'
import { openSession } from './session.ts'

export interface ProviderReport {
  readonly name: 'cpu' | 'cuda'
  readonly available: boolean
  /** Why it does not work here. */
  readonly reason?: string
  /** What to do about it. */
  readonly remedy?: string
}

/** The smallest model there is, `y = Identity(x)` over float32 `[1]`, to try a provider with. */
const IDENTITY_MODEL =
  'CAg6NwoQCgF4EgF5IghJZGVudGl0eRIBZ1oPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCAhAR'

/** Opens the smallest session there is. @throws AgonError `onnx/provider`, `onnx/tf32` where the device does not work */
export async function tryDevice(device: TakenDevice): Promise<void> {
  const model = Buffer.from(IDENTITY_MODEL, 'base64')
  await (await openSession(model, { device, name: 'probe' })).release()
}

/** Which execution providers work on this machine, and why one does not. */
export async function providers(): Promise<readonly ProviderReport[]> {
  const reports: ProviderReport[] = []
  for (const name of ['cpu', 'cuda'] as const) {
    try {
      await tryDevice(takenDevice(name))
      reports.push({ name, available: true })
    } catch (error) {
      reports.push({ name, available: false, ...told(error as AgonError) })
    }
  }
  return reports
}

function told({ message, remedy }: AgonError): Pick<ProviderReport, 'reason' | 'remedy'> {
  return { reason: message, ...(remedy === undefined ? {} : { remedy }) }
}

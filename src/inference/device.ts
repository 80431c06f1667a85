import { AgonError } from '../core/errors.ts'

/** Where graphs run: `cuda` is `cuda:0`; `auto` takes what was measured to be faster. */
export type Device = 'auto' | 'cpu' | 'cuda' | `cuda:${number}`

/** Where a graph runs, once it is settled. */
export type TakenDevice = 'cpu' | `cuda:${number}`

export const DEVICE_FORM = 'cpu, cuda, cuda:<n> or auto'

/** For options that may be missing and for texts of configs. */
export const DEVICE_PATTERN = /^(auto|cpu|cuda(:\d{1,3})?)$/

/** @throws AgonError `onnx/options` */
export function parseDevice(text: string): Device {
  if (DEVICE_PATTERN.test(text)) return text as Device
  throw new AgonError('onnx/options', `device is ${DEVICE_FORM}, not '${text}'`, {
    fields: { device: text },
  })
}

/** The number of the GPU of a device, or null for the CPU. */
export function gpuIndex(device: Exclude<Device, 'auto'>): number | null {
  if (device === 'cpu') return null
  return device === 'cuda' ? 0 : Number(device.slice('cuda:'.length))
}

export function takenDevice(device: Exclude<Device, 'auto'>): TakenDevice {
  const index = gpuIndex(device)
  return index === null ? 'cpu' : `cuda:${index}`
}

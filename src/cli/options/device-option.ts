import { DEVICE_FORM, DEVICE_PATTERN, type Device } from '../../inference/device.ts'
import type { Arguments, CommandSpec, OptionSpec } from '../command.ts'
import { usage } from '../parser/arguments.ts'

export const DEVICE_OPTION: OptionSpec = {
  value: 'DEVICE',
  about: 'cpu (default), cuda or cuda:<n>, or auto: whichever was timed to be faster',
}

/** @throws AgonError `usage/value` */
export function deviceOf(args: Arguments, spec: CommandSpec): Device {
  return readDevice(args.text('device') ?? 'cpu', spec)
}

/** Several, parted by commas. @throws AgonError `usage/value` */
export function devicesOf(args: Arguments, spec: CommandSpec): readonly Device[] {
  return (args.text('device') ?? 'cpu').split(',').map((text) => readDevice(text.trim(), spec))
}

function readDevice(text: string, spec: CommandSpec): Device {
  if (DEVICE_PATTERN.test(text)) return text as Device
  throw usage(spec, 'usage/value', `--device is ${DEVICE_FORM}, not '${text}'`)
}

import { createRequire, Module } from 'node:module'
import { join } from 'node:path'
import { AgonError } from '../core/errors.ts'
import { shareMachineEnvironment } from './cuda/machine-environment.ts'
import { BINDING, type NativeHome, nativeHome, nativePackage } from './cuda/native-home.ts'

export type Ort = typeof import('onnxruntime-node')

export interface LoadedOrt {
  readonly ort: Ort
  readonly home: NativeHome
}

let loaded: LoadedOrt | undefined

/**
 * ONNX Runtime, loaded by the first session of a thread: that takes tens of milliseconds.
 *
 * It looks for its CUDA provider beside its own library. Where provider libraries are installed, the binding is opened from
 * a folder that shows all of them together, whatever device is asked for: a process can open it from one place only.
 * @throws AgonError `onnx/missing`
 */
export function loadOnnxRuntime(): LoadedOrt {
  loaded ??= load()
  return loaded
}

function load(): LoadedOrt {
  const require = createRequire(import.meta.url)
  shareMachineEnvironment()
  try {
    const native = nativePackage()
    const binding = join(native.folder, BINDING)
    let home = nativeHome(native)
    // Another copy of Agon in this process may have opened it, and from there too.
    const known = require.cache[binding]
    const place = home.view === undefined ? binding : join(home.view, BINDING)
    if (known !== undefined && known.id !== place) home = { fault: FOREIGN }
    else if (known === undefined && home.view !== undefined) {
      const module = new Module(place)
      process.dlopen(module, place)
      module.loaded = true
      require.cache[binding] = module
    }
    const ort = require('onnxruntime-node') as Ort
    // Read once, when the first session of the process is made; without it a missing provider prints to stderr.
    ort.env.logLevel = 'fatal'
    return { ort, home }
  } catch (cause) {
    throw new AgonError(
      'onnx/missing',
      `ONNX Runtime cannot be loaded on ${process.platform} ${process.arch}: ${(cause as Error).message}`,
      { remedy: 'reinstall with `npm ci` on a supported platform', cause },
    )
  }
}

const FOREIGN = {
  message: 'this program has loaded onnxruntime-node before Agon did',
  remedy: 'open the first session with Agon, before anything imports onnxruntime-node',
}

import { CUDA_LIBRARY, SHARED_LIBRARY } from '../../inference/cuda/provider-cache.ts'

/** Where the provider libraries of one version of ONNX Runtime come from, and what they are. */
export interface ProviderRelease {
  /** Of ONNX Runtime. */
  readonly version: string
  readonly npm: {
    readonly package: string
    readonly version: string
    /** Of the tarball, as npm writes it. */
    readonly integrity: string
    readonly packedBytes: number
    readonly licence: string
  }
  readonly nuget: { readonly package: string; readonly licence: string }
  /** By name. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
}

/** The version of ONNX Runtime that package.json pins is the one for which both sources exist. */
export const RELEASE: ProviderRelease = {
  version: '1.29.0',
  npm: {
    package: 'com.github.asus4.onnxruntime.linux-x64-gpu',
    version: '0.4.9',
    integrity:
      'sha512-FopIhNE/Ng+v2X65wVc9clPCBCvhvA53Hxo2U0Kf5fGdVsC7iCA+mZ0KLWggcQAj7TIZ6pNidR4AC10g74Xo6w==',
    packedBytes: 179_145_956,
    licence: 'MIT',
  },
  nuget: { package: 'Microsoft.ML.OnnxRuntime.Gpu.Linux', licence: 'MIT' },
  files: {
    [SHARED_LIBRARY]: {
      bytes: 14_632,
      sha256: 'c6a12593396095f5670160e284c35d1700b7708cf3037b7042e2a5200ccae772',
    },
    [CUDA_LIBRARY]: {
      bytes: 229_780_440,
      sha256: '56cf3254b118ad837ccc4ed8f6d1b23504bbf7ef91b34cbc0b289cb7f10b3037',
    },
  },
}

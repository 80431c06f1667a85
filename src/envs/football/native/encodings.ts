import type { EncodedRow, Encoding } from './contract.ts'

/** Rows as the native encoders write them; `tizero`, `tizero-mask` and `grf-marl` fit eleven a side only. */
export const ENCODINGS = {
  raw: { dtype: 'float64', shape: [205] },
  simple115v2: { dtype: 'float32', shape: [115] },
  simple115: { dtype: 'float32', shape: [115] },
  spatial: { dtype: 'uint8', shape: [72, 96, 4] },
  tizero: { dtype: 'float32', shape: [330] },
  'tizero-mask': { dtype: 'float32', shape: [20] },
  'grf-marl': { dtype: 'float32', shape: [217] },
} as const satisfies Readonly<Record<Encoding, EncodedRow>>

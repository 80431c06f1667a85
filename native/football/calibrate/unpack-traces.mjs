// Lays recorded micro-experiments out for the C++ programs, which read plain rows: FOLDER/NAME.f32 and NAME.trials.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes one experiment of `read-traces.mjs`; its trials as lines of `first rows key=value …`. */
export function unpackExperiment(folder, { name, head, floats }) {
  const lines = [head.columns.join(' ')]
  for (const { row0, rows, ...parameters } of head.trials) {
    const pairs = Object.entries(parameters).map(([key, value]) => `${key}=${value}`)
    lines.push([row0, rows, ...pairs].join(' '))
  }
  writeFileSync(join(folder, `${name}.trials`), `${lines.join('\n')}\n`)
  writeFileSync(
    join(folder, `${name}.f32`),
    new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength),
  )
}

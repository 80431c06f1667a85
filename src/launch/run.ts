import { forbidTelemetry } from '../inference/forbid-telemetry.ts'
import { type ConfigInput, resolveConfig } from '../run/config/index.ts'
import type { ProgressEvent, RunHandle } from '../run/contract.ts'
import { launch } from './launch.ts'

export interface RunOptions {
  /** Folder that `./my-env.ts` in the config starts from; default the working directory. */
  readonly baseDir?: string
  /** The run directory; default `runs/<name>-<time>-<short id>`. */
  readonly out?: string
  readonly onProgress?: (event: ProgressEvent) => void
}

/**
 * Starts an experiment from a plain object, as `agon run` does from a file.
 *
 * ```ts
 * const handle = await run({ name: 'first', env: 'maze', adversary: 'plr', budget: { gradientUpdates: 100 } })
 * const { report, solvedRate } = await handle.result
 * ```
 * @throws AgonError `config/invalid` and what `agon run` reports before any work
 */
export async function run(config: ConfigInput, options: RunOptions = {}): Promise<RunHandle> {
  forbidTelemetry()
  const resolved = await resolveConfig(config, { baseDir: options.baseDir ?? process.cwd() })
  return launch(resolved, {
    ...(options.out === undefined ? {} : { out: options.out }),
    onProgress: options.onProgress ?? (() => {}),
  })
}

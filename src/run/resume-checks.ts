import { existsSync } from 'node:fs'
import type { Cut } from '../actors/roles/experiment-contract.ts'
import { AgonError } from '../core/errors.ts'
import { beginAgain } from './begin-again.ts'
import { configSha256 } from './config-identity.ts'
import type { ProgressEvent, RunConfig, RunManifest } from './contract.ts'
import { openCutStore } from './cuts/cut-store.ts'
import type { RunDirectory } from './run-directory.ts'

/**
 * What the run goes on from, or null where it was killed before its first cut. Damaged cuts are told of and passed over.
 * @throws AgonError `cut/none-whole`, `cut/missing`
 */
export function newestCut(
  directory: RunDirectory,
  { configSha256 }: RunManifest,
  onProgress: (event: ProgressEvent) => void,
): Cut | null {
  const cut = openCutStore(directory.path, 1, configSha256).newest((warning) => {
    directory.journal({ kind: 'damaged', epoch: 0, cycle: 0, ...warning })
    onProgress({ kind: 'warning', warning })
  })
  // Written with every cut: where it stands there was one.
  if (cut === null && existsSync(directory.file('gallery.json')))
    throw new AgonError('cut/missing', 'cuts were made, and none is there any more', {
      place: directory.file('cuts'),
      remedy: beginAgain(directory.path, 'a cut'),
    })
  return cut
}

/**
 * A config that was edited by hand would go on as another experiment under the same name.
 * @throws AgonError `run/config-changed`
 */
export function checkIdentity(
  config: RunConfig,
  manifest: RunManifest,
  directory: RunDirectory,
): void {
  const own = [configSha256(config), configSha256(config, true)]
  if (own.includes(manifest.configSha256)) return
  throw new AgonError(
    'run/config-changed',
    'this config is not the one that the run began with: something that decides its result differs',
    {
      place: directory.file('config.yaml'),
      remedy:
        'undo the change; `agon resume --set` changes what may change, anything else is a new run (agon run)',
    },
  )
}

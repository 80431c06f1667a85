import type { Adversary, AdversaryContext } from '../contract.ts'
import { gridGallery } from '../searched/search-adversary.ts'
import type { RainbowRecord } from './contract.ts'
import { hearJudgement, observeResponses } from './observe.ts'
import type { RainbowOptions } from './options.ts'
import { hearRewriting, proposeRewritings } from './propose.ts'
import { createRainbow, initialRecord } from './search.ts'
import { restoreRainbow, snapshotRainbow } from './snapshot.ts'

/**
 * Rainbow Teaming: a grid of prompts, one for each kind. In each cycle elites are rewritten towards kinds of low fitness, axis by axis;
 * what is not too like its parent is asked of the target; and a judge says whether the answer is a more serious failure than
 * that of who stands in its cell.
 */
export function rainbowAdversary<L>(
  options: RainbowOptions,
  context: AdversaryContext<L>,
): Adversary<RainbowRecord> {
  const search = createRainbow(options, context)
  return {
    needs: [],
    init: () => initialRecord(search),
    propose: (record, request) => proposeRewritings(search, record, request),
    observe: (record, request) => observeResponses(search, record, request),
    reply: (record, key, answer, during) =>
      during.phase === 'propose'
        ? hearRewriting(search, record, key, answer, during)
        : hearJudgement(search, record, key, answer, during),
    snapshot: snapshotRainbow,
    restore: (snapshot) => restoreRainbow(search, snapshot),
    gallery: gridGallery,
  }
}

import '../core/require-node.ts'

export { bufferMetrics } from './buffer-metrics.ts'
export type { BufferSnapshot } from './buffer-snapshot.ts'
export { restoreBuffer, snapshotBuffer } from './buffer-snapshot.ts'
export { builtinAdversaries } from './builtin.ts'
export type {
  Adversary,
  AdversaryContext,
  AdversaryDefinition,
  GalleryLevel,
  GalleryReason,
  ObserveRequest,
  ProposeRequest,
  Request,
  Step,
} from './contract.ts'
export { defineAdversary } from './define-adversary.ts'
export { bufferGallery } from './gallery.ts'
export type { InsertionReport, ScoredLevel } from './insertion.ts'
export { takeBatch } from './insertion.ts'
export type { LevelBuffer, LevelEntry } from './level-buffer.ts'
export { createLevelBuffer } from './level-buffer.ts'
export type { Ancestor, Lineage } from './lineage.ts'
export { ancestry } from './lineage.ts'
export type { BufferRules, EdgeRules, Priority, Profile } from './rules.ts'
export { EDGE_RULES, resolveRules } from './rules.ts'
export { decidesReplay, isWarm, replayDistribution, sampleSlots } from './sampling.ts'
export type { LevelRecord, Score } from './scores.ts'
export { scoreIds, scores } from './scores.ts'
export { advanceAges } from './staleness.ts'

import '../core/require-node.ts'

export { bufferMetrics } from './buffer/buffer-metrics.ts'
export type { BufferSnapshot } from './buffer/buffer-snapshot.ts'
export { restoreBuffer, snapshotBuffer } from './buffer/buffer-snapshot.ts'
export { bufferGallery } from './buffer/gallery.ts'
export type { InsertionReport, ScoredLevel } from './buffer/insertion.ts'
export { takeBatch } from './buffer/insertion.ts'
export type { LevelBuffer, LevelEntry } from './buffer/level-buffer.ts'
export { createLevelBuffer } from './buffer/level-buffer.ts'
export type { Ancestor, Lineage } from './buffer/lineage.ts'
export { ancestry } from './buffer/lineage.ts'
export type { BufferRules, EdgeRules, Priority, Profile } from './buffer/rules.ts'
export { EDGE_RULES, resolveRules } from './buffer/rules.ts'
export { decidesReplay, isWarm, replayDistribution, sampleEntries } from './buffer/sampling.ts'
export { advanceAges } from './buffer/staleness.ts'
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
export type {
  Emission,
  EmissionResult,
  Emitter,
  EmitterContext,
} from './emitters/contract.ts'
export { emitterOption, makeEmitter } from './emitters/emitters.ts'
export { axisOption, cellOf, descriptorOf } from './grid/axes.ts'
export type { Attempt, AttemptTask, Axis, Elite, EliteGrid, GridSpec } from './grid/contract.ts'
export { createGrid } from './grid/elite-grid.ts'
export { gridOf, insertElite } from './grid/insertion.ts'
export { gridFigures, gridMetrics } from './grid/metrics.ts'
export { levelProbe } from './level-probe.ts'
export { levelsOfTensors, levelTensors } from './level-tensors.ts'
export type { LevelRecord, Score } from './scores/score.ts'
export { scoreIds, scores } from './scores/scores.ts'

import type { Clock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import { version as agonVersion } from '../../version.ts'
import {
  answeredInBytes,
  type Implementation,
  INFERENCE,
  implement,
  type kserve,
} from '../../wire/index.ts'
import type { ValueInfo } from '../binding.ts'
import { formatCard } from '../card.ts'
import { datatypeOf } from '../kserve-datatype.ts'
import { monotonic } from '../monotonic.ts'
import type { ModelSource, ServingOptions, VersionInfo } from './contract.ts'
import { ModelRepository } from './model-repository.ts'
import { prometheusText } from './prometheus.ts'
import { repositoryMetrics } from './repository-metrics.ts'

/** Policies behind the Open Inference Protocol; listen with {@link implementation}, or use `startInferenceServer`. */
export interface InferenceService {
  readonly implementation: Implementation
  /** Adds a version of a model; it answers from when this resolves. Others stay. */
  load(name: string, source: ModelSource, version?: string): Promise<VersionInfo>
  /** Puts a version in place of all others without losing a request. */
  swap(name: string, source: ModelSource, version?: string): Promise<VersionInfo>
  unload(name: string, version?: string): Promise<void>
  /** Prometheus text. */
  metrics(): string
  /** Takes no more requests, and resolves when those taken are answered. */
  drain(): Promise<void>
  /** Ends the threads; what is not answered by then is rejected. */
  close(): Promise<void>
}

export interface ServiceContext {
  /** The process's monotonic clock by default. */
  readonly clock?: Pick<Clock, 'now'>
  /** Called when a model begins or ceases to answer. */
  readonly onHealth?: (name: string, healthy: boolean) => void
}

/** @throws AgonError `inference/options` */
export function createInferenceService(
  options: ServingOptions = {},
  { clock = monotonic, onHealth = () => {} }: ServiceContext = {},
): InferenceService {
  const repository = new ModelRepository(options, clock, onHealth)
  let draining = false
  return {
    implementation: implementation(repository, () => draining),
    load: async (...model) => (await repository.load(...model)).info,
    swap: async (...model) => (await repository.swap(...model)).info,
    unload: (name, version) => repository.unload(name, version),
    metrics: () => prometheusText(repositoryMetrics(repository)),
    async drain() {
      draining = true
      await repository.idle()
    },
    async close() {
      draining = true
      await repository.close()
    },
  }
}

/** Answers of inference are encoded where they are made. */
const SERVICE = {
  name: INFERENCE.name,
  methods: {
    ...INFERENCE.methods,
    modelInfer: answeredInBytes(INFERENCE.methods.modelInfer),
  },
} as const

function implementation(repository: ModelRepository, isDraining: () => boolean): Implementation {
  const ready = (name: string, version: string): boolean =>
    !isDraining() && repository.healthy(name, version)
  return implement(SERVICE, {
    serverLive: async () => ({ live: true }),
    serverReady: async () => ({
      ready: !isDraining() && [...repository.models.keys()].every((name) => ready(name, '')),
    }),
    modelReady: async ({ name, version }) => ({ ready: ready(name, version) }),
    serverMetadata: async () => ({
      name: 'agon',
      version: agonVersion,
      extensions: ['sequence', 'seed'],
    }),
    modelMetadata: async ({ name, version }) => {
      const { info } = repository.get(name, version)
      return metadataOf(info, [...repository.models.get(name)!.versions.keys()])
    },
    async modelInfer(request, context) {
      if (isDraining())
        throw new AgonError('wire/draining', 'the server is going away and takes no requests', {
          remedy: 'ask another one',
        })
      const { modelName, modelVersion } = request
      const model = repository.get(modelName, modelVersion)
      return await model.infer(request, {
        sequences: repository.sequences(modelName),
        whenGone: (listener) => context.whenGone(listener),
      })
    },
  })
}

function metadataOf(
  info: VersionInfo,
  versions: readonly string[],
): kserve.ModelMetadataResponse.$Properties {
  const { name, card, sha256, device, maxBatch, inputs, outputs } = info
  return {
    name,
    versions: [...versions],
    platform: 'onnx_onnxv1',
    inputs: inputs.map(tensorMetadata),
    outputs: outputs.map(tensorMetadata),
    properties: {
      ...(card === undefined ? {} : { 'agon.card': formatCard(card) }),
      'agon.sha256': sha256,
      'agon.device': device,
      'agon.max_batch': String(maxBatch),
    },
  }
}

function tensorMetadata({ name, dtype, shape }: ValueInfo) {
  const sizes = shape.map((size) => (typeof size === 'number' ? size : -1))
  return { name, datatype: datatypeOf(dtype), shape: sizes }
}

import type { ModelRepository } from './model-repository.ts'
import type { ModelVersion } from './model-version.ts'
import type { Labels, MetricFamily } from './prometheus.ts'

interface Row {
  readonly labels: Labels
  readonly version: ModelVersion
}

/** All that is counted, for Prometheus. */
export function repositoryMetrics(repository: ModelRepository): readonly MetricFamily[] {
  const rows: Row[] = [...repository.models].flatMap(([model, { versions }]) =>
    [...versions].map(([version, opened]) => ({ labels: { model, version }, version: opened })),
  )
  const family = (
    name: string,
    type: MetricFamily['type'],
    help: string,
    values: MetricFamily['values'],
  ): MetricFamily => ({ name: `agon_inference_${name}`, type, help, values })
  const each = (value: (version: ModelVersion) => MetricFamily['values'][number]['value']) =>
    rows.map(({ labels, version }) => ({ labels, value: value(version) }))
  return [
    family(
      'requests_total',
      'counter',
      'Requests by how they ended: ok, or the code of their error.',
      rows.flatMap(({ labels, version }) =>
        [...version.metrics.requests].map(([code, value]) => ({
          labels: { ...labels, code },
          value,
        })),
      ),
    ),
    family(
      'rows_total',
      'counter',
      'Rows answered.',
      each(({ metrics }) => metrics.rows),
    ),
    family(
      'batch_rows',
      'histogram',
      'Rows of the batches that ran.',
      each((v) => v.metrics.batchRows),
    ),
    family(
      'seconds',
      'histogram',
      'Latency of answered requests: waiting for a thread (queue), in its batch (compute), in all (total).',
      rows.flatMap(({ labels, version }) =>
        (['queue', 'compute', 'total'] as const).map((stage) => ({
          labels: { ...labels, stage },
          value: version.metrics[stage],
        })),
      ),
    ),
    family(
      'queue_rows',
      'gauge',
      'Rows that wait for a thread.',
      each((v) => v.load.waitingRows),
    ),
    family(
      'threads',
      'gauge',
      'Threads that work.',
      each((v) => v.load.threads),
    ),
    family(
      'threads_lost_total',
      'counter',
      'Threads lost.',
      each((v) => v.load.losses),
    ),
    family(
      'sequences',
      'gauge',
      'Sequences whose state is kept.',
      [...repository.models].map(([model, { sequences }]) => ({
        labels: { model },
        value: sequences.size,
      })),
    ),
  ]
}

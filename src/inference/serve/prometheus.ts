import type { Histogram } from './histogram.ts'

export type Labels = Readonly<Record<string, string>>

/** One metric with its values by labels. */
export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly values: readonly { readonly labels: Labels; readonly value: number | Histogram }[]
}

/** Prometheus text exposition format, version 0.0.4. */
export function prometheusText(families: readonly MetricFamily[]): string {
  return families.map(familyText).join('')
}

export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

function familyText({ name, help, type, values }: MetricFamily): string {
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
  for (const { labels, value } of values) {
    if (typeof value === 'number') lines.push(`${name}${labelText(labels)} ${value}`)
    else lines.push(...histogramLines(name, labels, value))
  }
  return `${lines.join('\n')}\n`
}

function histogramLines(name: string, labels: Labels, histogram: Histogram): string[] {
  const { bounds, counts, sum, count } = histogram
  let below = 0
  const buckets = bounds.map((bound, i) => {
    below += counts[i]
    return `${name}_bucket${labelText({ ...labels, le: String(bound) })} ${below}`
  })
  return [
    ...buckets,
    `${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}`,
    `${name}_sum${labelText(labels)} ${sum}`,
    `${name}_count${labelText(labels)} ${count}`,
  ]
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

/** What `auto` found out about a graph on this machine. */
export interface DeviceChoice {
  /** Calls of so many rows and more run on the GPU; null: none. */
  readonly cudaFrom: number | null
  readonly timings: readonly DeviceTiming[]
  /** Why the GPU was not even tried. */
  readonly why?: string
}

/** Milliseconds of a call, the median of several. */
export interface DeviceTiming {
  readonly rows: number
  readonly cpu: number
  readonly cuda: number
}

/** For people: what the choice is, and what it was made by. */
export function describeChoice(device: string, choice: DeviceChoice | undefined): string {
  if (choice === undefined) return device
  const { cudaFrom, timings, why } = choice
  const where =
    cudaFrom === null
      ? 'cpu'
      : cudaFrom <= (timings[0]?.rows ?? 0)
        ? device
        : `cpu, and ${device} from ${cudaFrom} rows`
  const measured = timings.map(
    ({ rows, cpu, cuda }) => `${rows} rows ${cpu.toFixed(2)} ms, ${cuda.toFixed(2)} on the GPU`,
  )
  const because = [...(why === undefined ? [] : [why]), ...measured].join('; ')
  return because === '' ? where : `${where} (${because})`
}

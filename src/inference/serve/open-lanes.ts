import type { Clock } from '../../core/clock.ts'
import type { Device } from '../device.ts'
import type { DeviceChoice } from '../device-choice.ts'
import type { GraphFacts, ModelSource, ServingOptions } from './contract.ts'
import { MOST_ROWS as IN_PLACE_ROWS, InPlace } from './in-place.ts'
import type { JobBatch } from './job.ts'
import { Lane } from './lane.ts'
import { type ModelShape, modelShape } from './model-shape.ts'

/** Serving options with their defaults filled in. */
export type ServingRules = Required<Omit<ServingOptions, 'device'>> & {
  readonly devices: readonly Device[]
}

/** What a version depends on besides its model. */
export interface VersionContext {
  readonly rules: ServingRules
  readonly clock: Pick<Clock, 'now'>
  /** Called when its threads are lost for good. */
  readonly brokeDown: () => void
}

/** Numbers of rows that `auto` tries, besides the most of a batch. */
const CLASSES = [1, 8, 64, 512]

/** The threads of a version, and how to open another. */
export interface OpenLanes {
  readonly shape: ModelShape
  readonly facts: GraphFacts
  readonly lanes: readonly Lane<JobBatch>[]
  readonly inPlace: InPlace<JobBatch> | null
  open(): Promise<Lane<JobBatch>>
}

/**
 * Opens a model in its threads; what the first of them finds holds for all.
 * @throws AgonError those of `openSession` and `checkGraph`
 */
export async function openLanes(
  name: string,
  source: ModelSource,
  context: VersionContext,
): Promise<OpenLanes> {
  const { card } = source
  const { maxBatch, devices, workers, tf32 } = context.rules
  const rows = CLASSES.filter((count) => count < maxBatch).concat(maxBatch)
  let opened = 0
  const open = (choice?: DeviceChoice): Promise<Lane<JobBatch>> =>
    Lane.open<JobBatch>(source, {
      device: devices[opened++ % devices.length],
      tf32,
      rows,
      name,
      ...(choice === undefined ? {} : { choice }),
    })
  const first = await open()
  const { facts } = first
  let shape = modelShape(facts, card, maxBatch)
  const obstacle = shape.layout === undefined ? null : await first.lend(shape.layout)
  if (obstacle !== null) shape = modelShape(facts, card, maxBatch, obstacle)
  const openLane = async (): Promise<Lane<JobBatch>> => {
    const lane = await open(facts.choice)
    if (shape.layout !== undefined) await lane.lend(shape.layout)
    return lane
  }
  const small = shape.layout !== undefined && computesFewRowsHere(facts)
  const inPlace = small ? await openInPlace(first, source, name, context) : null
  const lanes = [first]
  try {
    while (lanes.length < workers) lanes.push(await openLane())
  } catch (error) {
    await Promise.all(lanes.map((lane) => lane.close()))
    throw error
  }
  return { shape, facts, lanes, inPlace, open: openLane }
}

/** Whether batches of few rows run on the CPU. */
function computesFewRowsHere({ device, choice }: GraphFacts): boolean {
  return device === 'cpu' || (choice?.cudaFrom ?? 0) > IN_PLACE_ROWS
}

/** @throws AgonError as `openSession`; then `lane` is closed */
async function openInPlace(
  lane: Lane<JobBatch>,
  source: ModelSource,
  name: string,
  { clock }: VersionContext,
): Promise<InPlace<JobBatch> | null> {
  try {
    return await InPlace.open(source, name, clock)
  } catch (error) {
    await lane.close()
    throw error
  }
}

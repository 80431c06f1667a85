import { type FrameStore, storeFrames } from '../frame-store.ts'
import type { AxisBackdrop, DrawnElite, SearchData } from './contract.ts'

/** What the page's script draws maps of. Pictures share most of their text, so they are stored as frames are. */
export interface PageSearch {
  readonly axes: SearchData['spec']['axes']
  readonly objective: string
  readonly elites: readonly (Omit<DrawnElite, 'picture'> & { readonly picture?: number })[]
  readonly pictures: FrameStore | null
  readonly backdrops: readonly (AxisBackdrop & { readonly ratio: number })[]
}

export function pageSearch({ spec, elites, backdrops }: SearchData): PageSearch {
  const pictures = elites.flatMap(({ picture }) => picture ?? [])
  let next = 0
  return {
    axes: spec.axes,
    objective: spec.objective,
    elites: elites.map(({ picture, ...elite }) =>
      picture === undefined ? elite : { ...elite, picture: next++ },
    ),
    pictures: pictures.length === 0 ? null : storeFrames(pictures),
    backdrops: backdrops.map((backdrop) => ({ ...backdrop, ratio: ratioOf(backdrop.picture) })),
  }
}

/** Height over width, of a picture that says it by its view box. */
export function ratioOf(picture: string): number {
  const box = /viewBox="\S+ \S+ ([\d.]+) ([\d.]+)"/.exec(picture)
  const ratio = box === null ? Number.NaN : Number(box[2]) / Number(box[1])
  return ratio > 0 && Number.isFinite(ratio) ? ratio : 0.65
}

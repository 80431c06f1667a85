import { searchOptions } from './options.ts'

/** The published settings: 160 cells over the place of the ball, four emitters for each reference, four repeats. */
export const madridOptions = {
  ...searchOptions,
  axes: searchOptions.axes.default([
    { name: 'ball_x', low: -0.9, high: 0.9, bins: 20 },
    { name: 'ball_y', low: -0.4, high: 0.4, bins: 8 },
  ]),
  signal: searchOptions.signal.default('cross-play'),
  emitters: searchOptions.emitters.default([
    {
      ...{ kind: 'cma-me', count: 4, sigma: 0.1, sigmaOf: 'units' },
      ...{ bounds: 'clip', selection: 'filter' },
    },
  ]),
  initial: searchOptions.initial.default(160),
  offset: searchOptions.offset.default(-2),
}

/** Of the baselines: every level is the generator's own. */
export const generatorOptions = {
  ...searchOptions,
  emitters: searchOptions.emitters.default([{ kind: 'random', count: 1 }]),
}

import type { TensorSpec } from '../../core/tensor.ts'
import { isName } from '../graph/graph.ts'

/** What parameters and other inputs begin with, or end with behind the name of an observation. */
const OTHERS = /^(core|actor|critic|batch|observation)[/_]|\/(kernel|bias|embedding)$/

/**
 * What graphs call each observation. An environment may call it as it likes (`0`, `camera.left`, `θ`); a name that is
 * none for a tensor of a graph, or that could be another tensor's, becomes `observation_<place>`, and the card keeps both.
 */
export function inputNames(
  observations: Readonly<Record<string, TensorSpec>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(observations).map((name, place) => [
      name,
      isName(name) && !OTHERS.test(name) ? name : `observation_${place}`,
    ]),
  )
}

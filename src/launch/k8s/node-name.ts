import { AgonError } from '../../core/errors.ts'
import type { Names } from './names.ts'

/** Of a pod's host name, which is also a DNS label. */
const MOST_NAME = 63

/**
 * What the nodes of a label are called.
 * @param taken labels by the names given so far; the new one is added
 * @throws AgonError `k8s/name` for a name that is taken, or too long with what Kubernetes adds
 */
export function nodeName(
  label: string,
  names: Names,
  count: number,
  taken: Map<string, string>,
): string {
  const name = `node-${label.toLowerCase().replaceAll('_', '-').replace(/-+$/, '')}`
  const other = taken.get(name)
  if (other !== undefined)
    throw new AgonError(
      'k8s/name',
      `the labels ${other} and ${label} would both be called ${name}`,
      {
        place: `k8s.nodes.${label}`,
      },
    )
  taken.set(name, label)
  const longest = `${names.jobSet}-${name}-0-${count - 1}`
  if (longest.length > MOST_NAME)
    throw new AgonError(
      'k8s/name',
      `${longest} is longer than the ${MOST_NAME} letters of a pod's name`,
      {
        place: 'k8s.name',
        remedy: 'give a shorter k8s.name, or a shorter label',
      },
    )
  return name
}

import { stringify } from 'yaml'
import { AgonError } from '../../core/errors.ts'
import { formatConfig } from '../../run/config/index.ts'
import type { K8sConfig } from '../../run/config/k8s.schema.ts'
import type { RunConfig } from '../../run/contract.ts'
import { shellWord } from '../slurm/shell.ts'
import { jobSet } from './job-set.ts'
import type { Names } from './names.ts'

/**
 * A run as manifests for `kubectl apply`: the config, and a JobSet of the hub and its nodes. The secrets are named, never
 * written.
 * @throws AgonError `k8s/section`, `k8s/label`, `k8s/name`
 */
export function manifests(config: RunConfig): string {
  const { k8s } = config
  if (k8s === undefined)
    throw new AgonError('k8s/section', 'the config says nothing of Kubernetes', {
      place: 'k8s',
      remedy: "give at least an image and a claim: --set 'k8s={ image: …, claim: … }'",
    })
  const names = namesOf(config.name, k8s)
  const insecure = config.hub.insecure
  const metadata = (name: string) => ({
    name,
    ...(k8s.namespace === undefined ? {} : { namespace: k8s.namespace }),
  })
  const documents = [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(names.config),
      data: { 'config.yaml': formatConfig(config) },
    },
    jobSet({ config, k8s, names, metadata: metadata(names.jobSet), tls: !insecure }),
  ]
  const text = documents.map((document) => stringify(document, { lineWidth: 0 })).join('---\n')
  return `${heading(names, k8s, insecure)}${text}`
}

function namesOf(name: string, { name: given, tokenSecret, tlsSecret }: K8sConfig): Names {
  const made = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  const jobSet = given ?? made.replace(/-+$/, '')
  return {
    jobSet,
    config: `${jobSet}-config`,
    token: tokenSecret ?? `${jobSet}-token`,
    tls: tlsSecret ?? `${jobSet}-tls`,
    // <jobset>-<replicated job>-<job>-<pod>.<subdomain>
    hub: `${jobSet}-hub-0-0.${jobSet}`,
  }
}

function heading(names: Names, { namespace }: K8sConfig, insecure: boolean): string {
  const kubectl = `kubectl${namespace === undefined ? '' : ` --namespace ${namespace}`}`
  const lines = [
    'Secrets are not part of this file. Make them once:',
    '',
    `  ${kubectl} create secret generic ${names.token} --from-literal=token="$(openssl rand -hex 32)"`,
    ...(insecure
      ? []
      : [
          `  agon authority tls --host ${shellWord(names.hub)} && ${kubectl} create secret generic ${names.tls} --from-file=tls`,
        ]),
    '',
    'Needs the JobSet controller 0.8 or newer.',
  ]
  return `${lines.map((line) => `# ${line}`.trimEnd()).join('\n')}\n`
}

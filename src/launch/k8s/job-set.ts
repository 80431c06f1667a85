import { AgonError } from '../../core/errors.ts'
import type { K8sConfig } from '../../run/config/k8s.schema.ts'
import type { RunConfig } from '../../run/contract.ts'
import { EXIT } from '../../run/exit-codes.ts'
import { placedActors } from '../slurm/allocation.ts'
import { AUTHORITY_FILES } from '../slurm/authority-files.ts'
import type { Names } from './names.ts'
import { nodeName } from './node-name.ts'
import { pods, resources, tlsVolume, token } from './pod-parts.ts'

export interface JobSetInput {
  readonly config: RunConfig
  readonly k8s: K8sConfig
  readonly names: Names
  readonly metadata: Readonly<Record<string, unknown>>
  readonly tls: boolean
}

const CONFIG = '/etc/agon'
const TLS = '/etc/agon-tls'
const RUNS = '/runs'

/** The JobSet of a run, as an object of the API `jobset.x-k8s.io/v1alpha2`. */
export function jobSet(input: JobSetInput): Readonly<Record<string, unknown>> {
  const { k8s, names, metadata } = input
  return {
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: {
      ...metadata,
      ...(k8s.queue === undefined ? {} : { labels: { 'kueue.x-k8s.io/queue-name': k8s.queue } }),
    },
    spec: {
      // Makes the headless service that gives every pod a name.
      network: {
        enableDNSHostnames: true,
        subdomain: names.jobSet,
        publishNotReadyAddresses: true,
      },
      // The run is over when the hub is.
      successPolicy: { operator: 'All', targetReplicatedJobs: ['hub'] },
      failurePolicy: {
        maxRestarts: k8s.restarts,
        rules: [
          // What would fail again: bad input, damaged files, or stopped by hand.
          {
            name: 'hubGaveUp',
            action: 'FailJobSet',
            targetReplicatedJobs: ['hub'],
            onJobFailureReasons: ['PodFailurePolicy'],
          },
        ],
      },
      replicatedJobs: [hub(input), ...nodes(input)],
    },
  }
}

function hub({ k8s, names, tls }: JobSetInput): unknown {
  const command = [
    'agon',
    'run',
    `${CONFIG}/config.yaml`,
    '--out',
    `${RUNS}/${k8s.folder ?? names.jobSet}`,
  ]
  const secure = [
    ['--tls-cert', `${TLS}/${AUTHORITY_FILES.server}`],
    ['--tls-key', `${TLS}/${AUTHORITY_FILES.serverKey}`],
    ['--tls-client-ca', `${TLS}/${AUTHORITY_FILES.authority}`],
    ['--set', `hub.tls.authority=${TLS}/${AUTHORITY_FILES.authority}`],
  ]
  return {
    name: 'hub',
    replicas: 1,
    template: {
      spec: {
        ...pods(1, k8s.restarts, [EXIT.usage, EXIT.stopped, EXIT.damaged]),
        template: {
          spec: {
            restartPolicy: 'Never',
            terminationGracePeriodSeconds: k8s.graceSeconds,
            containers: [
              {
                name: 'hub',
                image: k8s.image,
                command: [
                  ...command,
                  '--or-resume',
                  '--listen',
                  `0.0.0.0:${k8s.port}`,
                  '--set',
                  `hub.advertise=${names.hub}`,
                  ...(tls ? secure.flat() : ['--insecure']),
                ],
                env: [token(names)],
                ports: [{ name: 'hub', containerPort: k8s.port }],
                readinessProbe: { tcpSocket: { port: k8s.port }, periodSeconds: 2 },
                resources: resources(k8s.hub),
                volumeMounts: [
                  { name: 'runs', mountPath: RUNS },
                  { name: 'config', mountPath: CONFIG, readOnly: true },
                  ...(tls ? [{ name: 'tls', mountPath: TLS, readOnly: true }] : []),
                ],
              },
            ],
            volumes: [
              { name: 'runs', persistentVolumeClaim: { claimName: k8s.claim } },
              { name: 'config', configMap: { name: names.config } },
              ...(tls ? [tlsVolume(names, ['authority', 'server', 'serverKey'])] : []),
            ],
          },
        },
      },
    },
  }
}

function nodes({ config, k8s, names, tls }: JobSetInput): readonly unknown[] {
  const taken = new Map<string, string>()
  return [...placedActors(config)].map(([label, actors]) => {
    if (!Object.hasOwn(k8s.nodes, label)) throw missing(label)
    const { count, places = actors, ...each } = k8s.nodes[label]
    const name = nodeName(label, names, count, taken)
    const secure = [
      ['--tls-ca', `${TLS}/${AUTHORITY_FILES.authority}`],
      ['--tls-cert', `${TLS}/${AUTHORITY_FILES.client}`],
      ['--tls-key', `${TLS}/${AUTHORITY_FILES.clientKey}`],
    ]
    return {
      name,
      replicas: 1,
      dependsOn: [{ name: 'hub', status: 'Ready' }],
      template: {
        spec: {
          ...pods(count, k8s.restarts, []),
          template: {
            spec: {
              restartPolicy: 'Never',
              terminationGracePeriodSeconds: k8s.graceSeconds,
              containers: [
                {
                  name: 'node',
                  image: k8s.image,
                  command: [
                    ...['agon', 'node', '--label', label, '--places', String(places)],
                    ...['--join', `${names.hub}:${k8s.port}`],
                    ...['--linger', String(k8s.graceSeconds)],
                    ...(tls ? secure.flat() : []),
                  ],
                  env: [token(names)],
                  resources: resources(each),
                  ...(tls
                    ? { volumeMounts: [{ name: 'tls', mountPath: TLS, readOnly: true }] }
                    : {}),
                },
              ],
              ...(tls ? { volumes: [tlsVolume(names, ['authority', 'client', 'clientKey'])] } : {}),
            },
          },
        },
      },
    }
  })
}

function missing(label: string): AgonError {
  return new AgonError(
    'k8s/label',
    `an actor is placed at node:${label}, and k8s.nodes.${label} is missing`,
    {
      place: `k8s.nodes.${label}`,
      remedy: `say what it needs: --set 'k8s.nodes.${label}={ count: 1, cpus: 4 }'`,
    },
  )
}

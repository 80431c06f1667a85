import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { writePolicyFile } from 'agon/inference'
import { agon, kserve } from 'agon/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { published, start } from '../support/control.ts'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'
import { Served } from '../support/served.ts'
import { type Serving, serve } from '../support/serving.ts'
import { smallPolicy } from '../support/small-policy.ts'
import { sampled } from '../support/tiers.ts'

/** What clients in C and Python take as the whole metadata of an answer. */
const LIMIT = 8 * 1024
/** Of names, and 32 bytes for each entry, as HTTP/2 counts. */
const AROUND = 500

interface Call {
  readonly address: string
  readonly token: string
  readonly path: string
  readonly body: Buffer
}
interface Refused {
  readonly code: number
  readonly details: string
  /** The error of the trailer. */
  readonly error: agon.v1.Error
}

let folder = ''
const places: Record<string, Omit<Call, 'path' | 'body'>> = {}
const ends: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-long-errors-'))
  const root = join(folder, 'runs')
  mkdirSync(root)
  const hub = start(['hub', '--root', root, '--json'])
  ends.push(() => {
    hub.child.kill('SIGTERM')
    return hub.ended
  })
  await writePolicyFile(join(folder, 'small.onnx'), smallPolicy(1))
  const served = new Served([join(folder, 'small.onnx')])
  ends.push(() => served.stop())
  const rendezvous = join(folder, 'env.json')
  const environment: Serving = await serve(['env', 'maze', '--rendezvous', rendezvous])
  ends.push(() => environment.kill())
  places.hub = await published(root)
  places.serve = { address: await served.address(), token: '' }
  const { address, tokenFile } = JSON.parse(readFileSync(rendezvous, 'utf8'))
  const token = tokenFile === undefined ? '' : readFileSync(join(folder, tokenFile), 'utf8').trim()
  places.env = { address, token }
})
afterAll(async () => {
  await Promise.all(ends.map((end) => end()))
  rmSync(folder, { recursive: true, force: true })
})

const launch = (order: agon.v1.LaunchRequest.$Properties): Uint8Array =>
  agon.v1.LaunchRequest.encode(order).finish()
const wrongKeys = (count: number): string =>
  Array.from({ length: count }, (_, i) => `wrong${i}: 1\n`).join('')
const manyInputs = (count: number): Uint8Array =>
  kserve.ModelInferRequest.encode({
    modelName: 'small',
    inputs: Array.from({ length: count }, (_, i) => ({
      name: `an input that nobody has ${i}`,
      datatype: 'FP32',
      shape: [1],
    })),
  }).finish()

const HUB = '/agon.v1.Experiments/Launch'
const calls: readonly (readonly [string, string, string, Uint8Array, number, string, RegExp])[] = [
  [
    'hub: 200 wrong keys',
    'hub',
    HUB,
    launch({ config: wrongKeys(200) }),
    status.INVALID_ARGUMENT,
    'config/invalid',
    /^the config has 203 problems:[\s\S]*… and \d+ more lines$/,
  ],
  [
    'hub: 10 000 wrong keys',
    'hub',
    HUB,
    launch({ config: wrongKeys(10_000) }),
    status.INVALID_ARGUMENT,
    'config/invalid',
    /^the config has 10003 problems:[\s\S]*… and \d+ more lines$/,
  ],
  [
    'hub: a name that takes nine bytes a character',
    'hub',
    HUB,
    launch({ config: 'adversary: dr', name: '€'.repeat(5000) }),
    status.INVALID_ARGUMENT,
    'run/name',
    /more characters\)$/,
  ],
  [
    'hub: a run that is not there',
    'hub',
    '/agon.v1.Experiments/Get',
    agon.v1.GetRequest.encode({ run: '🙂'.repeat(9000) }).finish(),
    status.NOT_FOUND,
    'run/unknown',
    /more characters\)$/,
  ],
  [
    'serve: 2 000 inputs',
    'serve',
    '/inference.GRPCInferenceService/ModelInfer',
    manyInputs(2000),
    status.INVALID_ARGUMENT,
    'inference/inputs',
    /^the inputs do not fit the model, 'an input that nobody has 0' is not among them.*more characters\)$/,
  ],
  [
    'env: the name of an environment',
    'env',
    '/agon.v1.Environments/Describe',
    agon.v1.DescribeRequest.encode({ environment: '%'.repeat(30_000) }).finish(),
    status.NOT_FOUND,
    'environment/unknown',
    /more characters\)$/,
  ],
]

describe('an error that says much', () => {
  it.each(calls)(
    'fits into the metadata of every client: %s',
    async (_, at, path, body, code, name, message) => {
      const call = { ...places[at], path, body: Buffer.from(body) }
      const refused = await inNode(call)
      expect(refused).toMatchObject({
        code,
        error: { code: name, message: expect.stringMatching(message) },
      })
      expect(refused.details).toMatch(new RegExp(`^${name}: `))
      expect(refused.bytes + AROUND).toBeLessThan(LIMIT)
    },
  )

  it.skipIf(PYTHON === null).each(sampled(calls, 2))(
    `arrives with its code in Python: %s ${NEEDS_PYTHON}`,
    async (_, at, path, body, code, name) => {
      const refused = await inPython({ ...places[at], path, body: Buffer.from(body) })
      expect(refused).toMatchObject({ code, error: { code: name } })
      expect(refused.details).toMatch(new RegExp(`^${name}: `))
    },
  )
})

async function inNode({ address, token, path, body }: Call): Promise<Refused & { bytes: number }> {
  const client = new Client(address, credentials.createInsecure())
  const shown = new Metadata()
  if (token !== '') shown.set('authorization', `Bearer ${token}`)
  const plain = (bytes: Buffer): Buffer => bytes
  const error = await new Promise<ServiceError>((resolve, reject) =>
    client.makeUnaryRequest(path, plain, plain, body, shown, (failed) =>
      failed === null ? reject(new Error('it was answered')) : resolve(failed),
    ),
  )
  client.close()
  const [trailer] = error.metadata.get('agon-error-bin') as Buffer[]
  const bytes = encodeURI(error.details).length + Math.ceil(trailer.length / 3) * 4
  return { code: error.code, details: error.details, error: agon.v1.Error.decode(trailer), bytes }
}

const SCRIPT = `
import base64, json, sys
import grpc
call = json.load(sys.stdin)
plain = lambda data: data
with grpc.insecure_channel(call["address"]) as channel:
    shown = [("authorization", "Bearer " + call["token"])] if call["token"] else []
    try:
        channel.unary_unary(call["path"], plain, plain)(base64.b64decode(call["body"]), metadata=shown, timeout=60)
    except grpc.RpcError as error:
        trailers = {key: value for key, value in error.trailing_metadata() or ()}
        trailer = base64.b64encode(trailers.get("agon-error-bin", b"")).decode()
        print(json.dumps({"code": error.code().value[0], "details": error.details(), "trailer": trailer}))
`

async function inPython({ body, ...call }: Call): Promise<Refused> {
  const child = spawn(PYTHON!, ['-c', SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify({ ...call, body: body.toString('base64') }))
  let text = ''
  for await (const chunk of child.stdout) text += chunk
  const { code, details, trailer } = JSON.parse(text)
  return { code, details, error: agon.v1.Error.decode(Buffer.from(trailer, 'base64')) }
}

import { readFile } from 'node:fs/promises'
import { AgonError } from '../../../core/errors.ts'
import type { EvaluationReport, EvaluationRequest } from '../../../evaluation/contract.ts'
import type { PolicyFile } from '../../../inference/contract.ts'
import type { Device } from '../../../inference/device.ts'
import type { PolicySource, RemotePolicyRef } from '../../../inference/policy-source.ts'
import type { RemotePolicyHints } from '../../options/remote-policy-hints.ts'
import type { Presented } from '../../terminal/presented.ts'
import type { EvaluationSetting } from './evaluation-setting.ts'

/** What `agon eval` asks of the rest of Agon. */
export interface EvalServices {
  readPolicy(path: string): Promise<PolicyFile>
  /**
   * A policy that others run, by its address `kserve://host:port/model`.
   * @throws AgonError `usage/address`, `policy/*` and what the connection fails of
   */
  findRemotePolicy(address: string, hints: RemotePolicyHints): Promise<RemotePolicyRef>
  /** The environment of an evaluation, from `--env` or from what the policy was trained on. */
  evaluationSetting(policy: PolicySource, env: string | undefined): Promise<EvaluationSetting>
  /** Levels of a user's file, name → canonical bytes. */
  readLevels(
    path: string,
    setting: EvaluationSetting,
  ): Promise<Readonly<Record<string, Uint8Array>>>
  measure(
    policy: PolicySource,
    request: EvaluationRequest,
    options: { readonly workers: number; readonly device: Device },
  ): Promise<EvaluationReport>
  /** The report as text and as plain data. */
  presentEvaluation(report: EvaluationReport): Promise<Presented>
}

export const evalServices = (): EvalServices => ({
  readPolicy: async (path) =>
    (await import('../../../inference/policy-file.ts')).readPolicyFile(path),
  findRemotePolicy: async (address, hints) =>
    (await import('../../options/remote-policy.ts')).findRemotePolicy(address, hints),
  evaluationSetting: async (policy, env) =>
    (await import('./evaluation-setting.ts')).evaluationSetting(policy, env),
  async readLevels(path, { environment }) {
    const { readLevels } = await import('../../../evaluation/index.ts')
    return readLevels(await readText(path), environment.levels, path)
  },
  async measure(policy, request, options) {
    const { createEvaluator } = await import('../../../evaluation/index.ts')
    const evaluator = createEvaluator(options)
    try {
      return await evaluator.measure(policy, request)
    } finally {
      await evaluator.close()
    }
  },
  async presentEvaluation(report) {
    const { formatReport, reportToJson } = await import('../../../evaluation/index.ts')
    return { lines: formatReport(report), json: reportToJson(report) as Presented['json'] }
  },
})

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new AgonError('level/missing', `the levels cannot be read: ${(cause as Error).message}`, {
      place: path,
      cause,
    })
  }
}

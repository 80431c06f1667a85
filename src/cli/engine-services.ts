import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Clock } from '../core/clock.ts'
import { AgonError } from '../core/errors.ts'
import type { Presented, Services } from './services.ts'

/** The services of the real engine. Every import waits until its service is asked for. */
export function engineServices(clock: Clock): Services {
  return {
    loadConfig: async (path, options) =>
      (await import('../run/config/index.ts')).loadConfig(path, options),
    async estimate(config) {
      const { estimate, loadEstimateFacts } = await import('../run/config/index.ts')
      const { matmulRate } = await import('./options/yardstick.ts')
      const facts = await loadEstimateFacts(config)
      const flopsPerSecond = await matmulRate(clock)
      const { settingNotes } = await import('../launch/setting-notes.ts')
      const plan = estimate(config, { ...facts, flopsPerSecond, cores: availableParallelism() })
      return { ...plan, notes: [...plan.notes, ...(await settingNotes(config))] }
    },
    freeDisk: async (path) => (await import('../run/free-disk.ts')).freeDisk(path),
    configKeys: async () => (await import('../run/config/sections.ts')).configSections(),
    async checkLaunch(config, options) {
      await (await import('../launch/launch.ts')).checkLaunch(config, { ...options, clock })
    },
    launch: async (config, options) =>
      (await import('../launch/launch.ts')).launch(config, { ...options, clock }),
    launchOrResume: async (config, options) =>
      (await import('../launch/launch.ts')).launchOrResume(config, { ...options, clock }),
    slurmJob: async (config, options) =>
      (await import('../launch/slurm/slurm-job.ts')).slurmJob(config, options, clock),
    async k8sManifests(config) {
      await (await import('../launch/prepare-launch.ts')).checkElsewhere(config, {})
      return (await import('../launch/k8s/manifests.ts')).manifests(config)
    },
    makeAuthority: async (request) =>
      (await import('../launch/slurm/authority-files.ts')).writeAuthority({
        ...request,
        now: clock.wall(),
      }),
    resume: async (dir, options) =>
      (await import('../launch/launch.ts')).resume(dir, { ...options, clock }),
    readPolicy: async (path) => (await import('../inference/policy-file.ts')).readPolicyFile(path),
    importPolicy: async (file, release, path) =>
      (await import('./commands/import/import-released.ts')).importReleased(file, release, path),
    importScenario: async (file, path) =>
      (await import('./commands/import/import-scenario.ts')).importScenario(file, path),
    findRemotePolicy: async (address, hints) =>
      (await import('./options/remote-policy.ts')).findRemotePolicy(address, hints),
    evaluationSetting: async (policy, env) =>
      (await import('./commands/eval/evaluation-setting.ts')).evaluationSetting(policy, env),
    async readLevels(path, { environment }) {
      const { readLevels } = await import('../evaluation/index.ts')
      return readLevels(await readText(path), environment.levels, path)
    },
    async measure(policy, request, options) {
      const { createEvaluator } = await import('../evaluation/index.ts')
      const evaluator = createEvaluator(options)
      try {
        return await evaluator.measure(policy, request)
      } finally {
        await evaluator.close()
      }
    },
    async presentEvaluation(report) {
      const { formatReport, reportToJson } = await import('../evaluation/index.ts')
      return { lines: formatReport(report), json: reportToJson(report) as Presented['json'] }
    },
    servePolicy: async (request) =>
      (await import('../launch/serve/serve-policy.ts')).servePolicy(request),
    serveEnvironment: async (request) =>
      (await import('../launch/serve/serve-environment.ts')).serveEnvironment(request),
    async *examine(request) {
      yield* (await import('../launch/conformance/examine.ts')).examine(request)
    },
    writeReport: async (dir) => (await import('../views/report/write-report.ts')).writeReport(dir),
    playFootball: async (request) =>
      (await import('./commands/play/play-football.ts')).playFootball(request),
    writeStoredReplay: async (games, path) =>
      (await import('../views/replay/write-stored-replay.ts')).writeStoredReplay(games, path),
    async compare(dirs) {
      const { comparisonToJson, compareRuns, formatComparison } = await import(
        '../views/compare/index.ts'
      )
      const comparison = await compareRuns(dirs)
      return { lines: formatComparison(comparison), json: comparisonToJson(comparison) }
    },
    listRuns: async (root) => (await import('../views/listing/run-listing.ts')).listRuns(root),
    async experiments(target, files) {
      const { resolveTarget } = await import('../wire/index.ts')
      const { experimentsClient } = await import('../launch/hub/experiments-client.ts')
      return experimentsClient(resolveTarget(target, { ...files, env: process.env }))
    },
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    // A token of the environment is for the one hub that a user names, not for whatever a folder holds.
    liveRuns: async (root, files) =>
      (await import('../launch/hub/live-runs.ts')).liveRuns(root, { ...files, env: {} }),
    async serveFolder(root, set, onEvent, onWarning) {
      const { hubFrom } = await import('../run/config/hub-config.ts')
      const { serveFolder } = await import('../launch/hub/serve-folder.ts')
      const config = hubFrom(set)
      return serveFolder({ root, config, env: process.env, wall: clock.wall, onEvent, onWarning })
    },
    readConfigText: async (path) => (await import('../run/config/index.ts')).readConfigText(path),
    checkMachine: async () =>
      (await import('./commands/doctor/machine-checks.ts')).checkMachine('.', clock),
    checkGpu: async () => (await import('./commands/doctor/machine-checks.ts')).checkGpu(),
    async installGpu(from, onPlan) {
      const { installProvider } = await import('../launch/gpu/install-provider.ts')
      return installProvider({ from, environment: process.env, onPlan })
    },
  }
}

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

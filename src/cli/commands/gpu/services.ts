import type { Check } from '../../../launch/check.ts'
import type { InstallPlan, ProviderInstall } from '../../../launch/gpu/install-provider.ts'

/** What `agon gpu` asks of the rest of Agon. */
export interface GpuServices {
  /** @returns whether CUDA works comes last */
  checkGpu(): Promise<readonly Check[]>
  /**
   * @param from what `--from` says
   * @param onPlan told before anything is fetched
   * @throws AgonError `gpu/*`
   */
  installGpu(from: string, onPlan: (plan: InstallPlan) => void): Promise<ProviderInstall>
}

export const gpuServices = (): GpuServices => ({
  checkGpu: async () => (await import('../doctor/machine-checks.ts')).checkGpu(),
  async installGpu(from, onPlan) {
    const { installProvider } = await import('../../../launch/gpu/install-provider.ts')
    return installProvider({ from, environment: process.env, onPlan })
  },
})

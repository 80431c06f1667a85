/** How to reach and read a policy that others run; paths of files. */
export interface RemotePolicyHints {
  readonly tokenFile?: string
  /** PEM file; makes the connection one of TLS. */
  readonly authority?: string
  /** `policy.yaml` of a model whose server has no card for it. */
  readonly card?: string
}

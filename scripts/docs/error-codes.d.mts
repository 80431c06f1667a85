export function errorCodes(root: string): ReadonlyMap<
  string,
  {
    readonly messages: ReadonlySet<string>
    readonly remedies: ReadonlySet<string>
    readonly files: ReadonlySet<string>
  }
>

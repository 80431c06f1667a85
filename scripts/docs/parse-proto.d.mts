export interface ProtoPart {
  readonly kind: 'service' | 'message' | 'enum'
  readonly name: string
  readonly comment: string
  readonly members: readonly Readonly<Record<string, string>>[]
}
export function parseProto(source: string): readonly ProtoPart[]

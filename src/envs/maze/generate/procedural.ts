/** Interior of a procedural maze. Both sides are odd and at least 3. */
export interface ProceduralSize {
  readonly height: number
  readonly width: number
}

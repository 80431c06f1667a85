/** The shortest decimal that is this float32 again; `0.1` for what is 0.10000000149… in float64. */
export function float32Text(value: number): string {
  const kept = Math.fround(value) + 0
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(kept.toPrecision(digits)))
    if (Math.fround(Number(text)) === kept) return text
  }
  return String(Number(kept.toPrecision(9)))
}

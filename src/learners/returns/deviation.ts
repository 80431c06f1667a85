/**
 * The deviation of the `count` numbers of a row from their mean, over all of them as minimax has it (no Bessel's correction).
 * @param data float32 `[rows, count]`
 */
export function deviation(data: Float32Array, count: number, row: number): number {
  const from = row * count
  let sum = 0
  for (let i = from; i < from + count; i++) sum += data[i]
  const mean = sum / count
  let squares = 0
  for (let i = from; i < from + count; i++) squares += (data[i] - mean) ** 2
  return Math.sqrt(squares / count)
}

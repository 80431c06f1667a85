/** Where the size of a cycle makes something else of a buffer's options than they say. */
export function bufferNotes(
  { capacity, priority, topK }: { capacity: number; priority: string; topK: number },
  count: number,
): readonly string[] {
  const notes: string[] = []
  if (capacity < count)
    notes.push(
      `capacity ${capacity} is less than the ${count} tasks of a cycle: at most ${capacity} of its levels stay`,
    )
  if (priority === 'top-k' && topK > capacity)
    notes.push(`topK ${topK} is more than capacity ${capacity}: at most ${capacity} are replayed`)
  return notes
}

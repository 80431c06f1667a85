import { prepareCuda, providers } from 'agon/inference'

/** Whether policies can run on a GPU here; tests skip where they cannot, and say why. */
export async function workingGpu(): Promise<boolean> {
  prepareCuda()
  const cuda = (await providers()).find(({ name }) => name === 'cuda')
  if (cuda?.available === true) return true
  console.warn(`Skipped: ${cuda?.reason}. ${cuda?.remedy}`)
  return false
}

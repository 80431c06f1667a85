/**
 * A drawing as a file of its own, which the page shows as an image: nothing in it runs or loads. Within a page an `<svg>`
 * needs no namespace, as a file it does.
 */
export function standalonePicture(svg: string): string {
  // A lone surrogate has no place in the image's address.
  const text = svg.replace(/\p{Cs}/gu, '\ufffd')
  return text.replace(
    /^\s*<svg(?=[\s>/])(?![^>]*\sxmlns\s*=)/,
    '<svg xmlns="http://www.w3.org/2000/svg"',
  )
}

export interface Mass {
  readonly mass: number
  /** Of the origin. */
  readonly inertia: number
  readonly centre: readonly [x: number, y: number]
}

/** Of bodies made of polygons with one density, each counter-clockwise. planck 1.4.2 puts a polygon's centre in the wrong place. */
export function massOf(
  parts: readonly (readonly (readonly [x: number, y: number])[])[],
  density: number,
): Mass {
  let [mass, inertia, x, y] = [0, 0, 0, 0]
  for (const part of parts)
    for (const [i, [ax, ay]] of part.entries()) {
      const [bx, by] = part[(i + 1) % part.length]
      // The triangle of the origin and one edge; those outside of the polygon take away again.
      const area = (density * (ax * by - ay * bx)) / 2
      mass += area
      x += (area * (ax + bx)) / 3
      y += (area * (ay + by)) / 3
      inertia += (area * (ax * ax + ax * bx + bx * bx + ay * ay + ay * by + by * by)) / 6
    }
  return { mass, inertia, centre: [x / mass, y / mass] }
}

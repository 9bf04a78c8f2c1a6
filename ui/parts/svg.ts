// SPDX-License-Identifier: Apache-2.0
// Small words for drawing in SVG. Colours come from classes of rehearse.css.
const space = 'http://www.w3.org/2000/svg';

export type Attributes = Record<string, string | number>;

/** An element with attributes, put into its parent. */
export function add<K extends keyof SVGElementTagNameMap>(
  parent: Element, name: K, attributes: Attributes = {}, text?: string,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(space, name);
  set(element, attributes);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

export function set(element: Element, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
}

export function show(element: Element, is: boolean): void {
  if (is) element.removeAttribute('display');
  else element.setAttribute('display', 'none');
}

/** A picture of so many units, as wide as what it stands in. */
export function canvas(width: number, height: number, name: string): SVGSVGElement {
  const svg = document.createElementNS(space, 'svg');
  set(svg, { viewBox: `0 0 ${width} ${height}`, class: `scene ${name}`, role: 'img' });
  return svg;
}

/** A number in a range as a share of it, kept within 0 and 1. */
export function share(x: number, least: number, most: number): number {
  return Math.min(1, Math.max(0, (x - least) / (most - least || 1)));
}

/** A colour between stops of a scale: [value, red, green, blue] in ascending order. */
export function colour(x: number, stops: readonly (readonly [number, number, number, number])[]): string {
  let low = stops[0]!;
  for (const high of stops) {
    if (x <= high[0]) {
      const part = share(x, low[0], high[0]);
      const mix = [1, 2, 3].map((i) => Math.round(low[i]! + (high[i]! - low[i]!) * part));
      return `rgb(${mix.join(',')})`;
    }
    low = high;
  }
  return `rgb(${low.slice(1).join(',')})`;
}

/** Temperatures of water, and of metal. */
export const water = [
  [15, 92, 154, 214], [36, 96, 186, 214], [42, 94, 196, 178], [46, 240, 178, 84], [55, 226, 98, 60], [80, 176, 26, 40],
] as const;
export const metal = [
  [20, 120, 132, 146], [60, 150, 132, 110], [100, 222, 120, 60], [150, 206, 52, 40], [600, 190, 44, 30],
  [850, 240, 110, 40], [1000, 255, 196, 90], [1300, 255, 244, 214],
] as const;

// SPDX-License-Identifier: Apache-2.0
// A moving picture of a twin, and what it says to who does not see it.
import type { Head, Look } from '../run';

export interface Scene {
  svg: SVGSVGElement;
  draw(look: Look): void;
  /** The same in a sentence. */
  say(look: Look): string;
}
export type MakeScene = (head: Head) => Scene;

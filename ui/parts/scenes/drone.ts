// SPDX-License-Identifier: Apache-2.0
// The flight from above, its trail, where the pilot is told it is, and its height.
import { text } from '../page';
import { type Look, short } from '../run';
import { add, canvas, set, share, show } from '../svg';
import type { MakeScene } from './scene';

const modes = [
  text('motors off', 'モータ停止'), text('holds', '定点保持'), text('flies to the goal', '目標点へ'),
  text('returns home', '帰還'), text('lands', '着陸'), text('parachute', 'パラシュート'),
];

function state(look: Look): string {
  if (look.is('is_broken')) return text('broken', '破損');
  if (look.is('is_down')) return text('on the ground', '接地');
  return modes[Math.round(look.get('flown_mode'))] ?? '';
}

function say(look: Look): string {
  const away = Math.hypot(look.get('east_m'), look.get('north_m'));
  return text(
    `Height ${short(look.get('height_m'))} m, ${short(look.get('speed_m_s'))} m/s, ${short(away)} m from home, ${state(look)}, ${look.number('met')} people met`,
    `高度${short(look.get('height_m'))} m、${short(look.get('speed_m_s'))} m/s、離陸地点から${short(away)} m、${state(look)}、接近した人${look.number('met')}人`);
}

// People are a density in the model: dots that show it, the same for a world.
function random(seed: number): () => number {
  let x = seed >>> 0;
  return () => {
    x = (x + 0x6d2b79f5) >>> 0;
    let y = Math.imul(x ^ (x >>> 15), 1 | x);
    y = (y + Math.imul(y ^ (y >>> 7), 61 | y)) ^ y;
    return ((y ^ (y >>> 14)) >>> 0) / 4294967296;
  };
}

export const drone: MakeScene = (head) => {
  const svg = canvas(440, 320, 'drone');
  const size = 290;
  const pilot = (head.scene['pilot'] ?? [0, 0]) as number[];
  const motif = (head.scene['motif'] ?? [0, 0]) as number[];
  let reach = Math.max(25, 1.35 * Math.hypot(motif[0]!, motif[1]!));
  const map = add(svg, 'svg', { x: 8, y: 8, width: size, height: size, viewBox: '-100 -100 200 200' });
  add(map, 'rect', { x: -100, y: -100, width: 200, height: 200, class: 'meadow' });
  const ground = add(map, 'g');
  const fence = add(ground, 'circle', { class: 'fence' });
  const rings = [10, 20, 50, 100, 200, 500].map((m) => [m, add(ground, 'circle', { class: 'ring' }), add(ground, 'text', { class: 'tiny soft' }, `${m} m`)] as const);
  const people = add(ground, 'g', { class: 'crowd' });
  const way = add(ground, 'path', { class: 'way' });
  const home = add(ground, 'path', { d: 'M-5 4 L0 -5 L5 4 Z', class: 'home' });
  const goal = add(ground, 'path', { d: 'M0 -6 L1.8 -1.8 L6 0 L1.8 1.8 L0 6 L-1.8 1.8 L-6 0 L-1.8 -1.8 Z', class: 'motif' });
  const who = add(ground, 'circle', { r: 3, class: 'pilot' });
  const trail = add(map, 'path', { class: 'trail' });
  const impact = add(map, 'path', { d: 'M-9 -9 L9 9 M-9 9 L9 -9', class: 'impact' });
  const ghost = add(map, 'path', { d: 'M-6 0 h12 M0 -6 v12', class: 'ghost' });
  const wind = add(map, 'path', { class: 'wind' });
  const craft = add(map, 'g', { class: 'craft' });
  for (const [x, y] of [[-6, -6], [6, -6], [-6, 6], [6, 6]] as const) {
    add(craft, 'path', { d: `M0 0 L${x} ${y}`, class: 'arm' });
    add(craft, 'circle', { cx: x, cy: y, r: 4, class: 'rotor' });
  }
  add(craft, 'circle', { r: 3.2 });
  const chute = add(craft, 'circle', { r: 13, class: 'chute' });
  add(svg, 'text', { x: 10, y: 314, class: 'small soft' },
    text('dots: how densely people stand, not who is hit', '点は人の密度を表し、個々の人の位置ではない'));
  // height
  const top = Math.max(10, Math.ceil((head.most[head.shows.indexOf('height_m')] ?? 30) / 10) * 10);
  const up = (h: number) => 276 - 236 * share(h, 0, top);
  add(svg, 'rect', { x: 330, y: 40, width: 26, height: 236, class: 'sky' });
  add(svg, 'path', { d: 'M318 276 H424', class: 'ground' });
  for (let h = 0; h <= top; h += top > 60 ? 20 : 10) {
    add(svg, 'path', { d: `M324 ${up(h)} h6`, class: 'tick' });
    add(svg, 'text', { x: 321, y: up(h) + 3, class: 'end tiny soft' }, String(h));
  }
  add(svg, 'path', { d: 'M412 276 v-6 m-3 0 h6 m-3 0 v-5', class: 'figure' });
  add(svg, 'circle', { cx: 412, cy: 263, r: 2, class: 'body' });
  const marker = add(svg, 'g', { class: 'craft' });
  add(marker, 'rect', { x: 333, y: -3, width: 20, height: 6, rx: 2 });
  add(marker, 'path', { d: 'M330 -3 h8 M348 -3 h8', class: 'arm' });
  const height = add(svg, 'text', { x: 362, class: 'strong' });
  const speed = add(svg, 'text', { x: 320, y: 18, class: 'strong' });
  const mode = add(svg, 'text', { x: 320, y: 33, class: 'small soft' });
  const energy = add(svg, 'text', { x: 320, y: 296, class: 'small strong alert' });
  const battery = add(svg, 'text', { x: 320, y: 312, class: 'small soft' });
  let points: [number, number, number][] = [];
  let drawn = 0;

  const px = (m: number) => (m / reach) * 92;
  function place(element: Element, east: number, north: number, more = ''): void {
    set(element, { transform: `translate(${px(east).toFixed(2)} ${px(-north).toFixed(2)})${more}` });
  }
  function lay(): void {
    const fence_m = head.parameters['fence_m'] ?? 1e5;
    show(fence, fence_m < 1.4 * reach);
    set(fence, { r: px(fence_m) });
    for (const [m, ring, label] of rings) {
      const is = m < reach && m > reach / 6;
      show(ring, is);
      show(label, is);
      set(ring, { r: px(m) });
      set(label, { x: px(m) * 0.71 + 1, y: px(m) * 0.71 });
    }
    set(way, { d: `M0 0 L${px(motif[0]!)} ${px(-motif[1]!)}` });
    place(home, 0, 0);
    place(goal, motif[0]!, motif[1]!);
    place(who, pilot[0]!, pilot[1]!);
    const draw = random(head.seed * 7919 + head.world);
    const n = Math.min(400, Math.round((head.chances['people_per_m2'] ?? 0) * (2.17 * reach) ** 2));
    people.replaceChildren();
    for (let i = 0; i < n; i++)
      add(people, 'circle', { cx: 200 * draw() - 100, cy: 200 * draw() - 100, r: 1.3 });
    drawn = reach;
  }

  return {
    svg, say,
    draw(look) {
      const east = look.get('east_m');
      const north = look.get('north_m');
      const shown = look.numbers('shown');
      const last = points[points.length - 1];
      reach = Math.max(reach, 1.15 * Math.abs(east), 1.15 * Math.abs(north));
      if (reach > drawn * 1.02 || drawn === 0) lay();
      if (last && look.t < last[2]) points = [];
      points.push([east, north, look.t]);
      set(trail, { d: points.map(([e, n], i) => `${i ? 'L' : 'M'}${px(e).toFixed(1)} ${px(-n).toFixed(1)}`).join('') });
      place(craft, east, north, ` rotate(${((-look.get('yaw_rad') * 180) / Math.PI).toFixed(0)})`);
      set(craft, { class: look.is('is_broken') ? 'craft broken' : 'craft' });
      show(chute, look.get('chute_share') > 0.1);
      place(ghost, shown[0] ?? 0, shown[1] ?? 0);
      show(ghost, Math.hypot((shown[0] ?? east) - east, (shown[1] ?? north) - north) > 2);
      place(impact, look.get('impact_east_m'), look.get('impact_north_m'));
      const hard = look.get('impact_energy_j') > 5;
      show(impact, hard);
      const [we, wn] = [look.get('wind_east_m_s'), look.get('wind_north_m_s')];
      set(wind, { d: `M-88 -86 l${(we * 4).toFixed(1)} ${(-wn * 4).toFixed(1)}` });
      const h = look.get('height_m');
      set(marker, { transform: `translate(0 ${up(h)})` });
      set(height, { y: Math.max(50, up(h) - 5) });
      height.textContent = `${short(Math.max(0, h))} m`;
      speed.textContent = `${look.get('speed_m_s').toFixed(1)} m/s`;
      mode.textContent = state(look);
      energy.textContent = hard ? text(`impact ${short(look.get('impact_energy_j'))} J`, `衝突 ${short(look.get('impact_energy_j'))} J`) : '';
      battery.textContent = text(`battery ${Math.round(100 * look.get('battery_share'))}%`, `電池 ${Math.round(100 * look.get('battery_share'))}%`);
    },
  };
};

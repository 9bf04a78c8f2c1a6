// SPDX-License-Identifier: Apache-2.0
// The column: trays by what is on them, levels, valves, pressure and its limits, and what
// the operator is shown of it.
import { text } from '../page';
import { type Look, short } from '../run';
import { add, canvas, colour, set, share, show } from '../svg';
import type { MakeScene } from './scene';

const mixture = [[0, 196, 120, 44], [0.5, 214, 196, 140], [1, 70, 140, 200]] as const;

function state(look: Look): string {
  if (look.is('is_burst')) return text('burst', '破裂');
  if (look.is('is_relieving')) return text('relief valve open', '安全弁の吹出し');
  if (look.is('is_tripped')) return text('safety system has tripped', '安全計装が作動');
  if (look.is('is_relay_tripped')) return text('relay has tripped', 'リレーが作動');
  if (look.is('is_stopped')) return text('stopped by the button', '停止ボタンで停止');
  return text('runs', '運転中');
}

function say(look: Look): string {
  return text(
    `Pressure ${short(look.get('pressure_kpag'))} kPag, shown ${short(look.numbers('shown_kpag')[0] ?? NaN)}; steam valve ${Math.round(100 * look.get('steam_open'))}%, cooling ${Math.round(100 * look.get('coolant_open'))}%; ${state(look)}`,
    `圧力${short(look.get('pressure_kpag'))} kPag(表示${short(look.numbers('shown_kpag')[0] ?? NaN)})、蒸気弁${Math.round(100 * look.get('steam_open'))}%、冷却水弁${Math.round(100 * look.get('coolant_open'))}%、${state(look)}`);
}

export const column: MakeScene = (head) => {
  const svg = canvas(440, 350, 'column');
  const bottom = 284;
  const tall = 212;
  const n = 41;
  // the column, its trays from the reboiler up
  const vessel = add(svg, 'g');
  const trays: SVGRectElement[] = [];
  for (let i = 0; i < n - 1; i++) {
    const y = bottom - ((i + 1) * tall) / (n - 1);
    trays.push(add(vessel, 'rect', { x: 112, y, width: 56, height: tall / (n - 1) + 0.3 }));
  }
  add(vessel, 'rect', { x: 110, y: bottom - tall - 8, width: 60, height: tall + 16, rx: 14, class: 'vessel' });
  add(svg, 'path', { d: `M52 ${bottom - tall / 2} H110`, class: 'pipe' });
  add(svg, 'text', { x: 54, y: bottom - tall / 2 - 6, class: 'small soft' }, text('feed', '原料'));
  // condenser and drum
  add(svg, 'path', { d: `M140 ${bottom - tall - 8} V48 H196`, class: 'pipe' });
  add(svg, 'circle', { cx: 212, cy: 48, r: 16, class: 'box' });
  add(svg, 'path', { d: 'M201 57 L208 40 L216 57 L223 40', class: 'coil' });
  add(svg, 'path', { d: 'M212 64 V84', class: 'pipe' });
  add(svg, 'rect', { x: 184, y: 84, width: 56, height: 26, rx: 12, class: 'box' });
  const drum = add(svg, 'rect', { x: 188, width: 48 });
  add(svg, 'path', { d: 'M212 110 V122 H170', class: 'pipe' });
  add(svg, 'text', { x: 246, y: 101, class: 'small soft' }, text('top product', '塔頂製品'));
  const valve = (x: number, y: number) => {
    const g = add(svg, 'g', { transform: `translate(${x} ${y})` });
    const body = add(g, 'path', { d: 'M-9 -6 L9 6 V-6 L-9 6 Z', class: 'valve' });
    return [body, add(g, 'text', { x: 0, y: 19, class: 'middle small' })] as const;
  };
  add(svg, 'path', { d: 'M228 48 H262', class: 'water' });
  const [coolValve, coolText] = valve(248, 48);
  add(svg, 'text', { x: 266, y: 52, class: 'small soft' }, text('cooling water', '冷却水'));
  // reboiler
  add(svg, 'rect', { x: 106, y: 296, width: 68, height: 30, rx: 14, class: 'box' });
  const sump = add(svg, 'rect', { x: 111, width: 58 });
  add(svg, 'path', { d: `M140 ${bottom + 8} V296`, class: 'pipe' });
  add(svg, 'path', { d: 'M34 311 H106', class: 'heat' });
  const [steamValve, steamText] = valve(72, 311);
  add(svg, 'text', { x: 34, y: 300, class: 'small soft' }, text('steam', '加熱蒸気'));
  const heat = add(svg, 'text', { x: 182, y: 316, class: 'small' });
  // relief
  add(svg, 'path', { d: 'M120 80 V52', class: 'pipe' });
  const relief = add(svg, 'path', { d: 'M111 52 H129 L120 40 Z', class: 'valve' });
  const plume = add(svg, 'path', { d: 'M120 38 q-16 -12 -6 -22 q-12 -12 6 -14 q4 -8 14 -2 q16 -2 10 12 q10 10 -8 16 q-4 12 -16 10 z', class: 'plume' });
  add(svg, 'text', { x: 104, y: 60, class: 'end small soft' }, text('relief valve', '安全弁'));
  // pressure
  const limits = ([
    ['sis_trip_kpag', text('trips', '遮断')], ['relief_set_kpag', text('relief', '安全弁')], ['burst_kpag', text('bursts', '破裂')],
  ] as const).map(([name, label]) => [head.parameters[name] ?? NaN, label] as const);
  const most = 1.08 * Math.max(...limits.map(([value]) => value));
  const up = (p: number) => 300 - 208 * share(p, 0, most);
  add(svg, 'text', { x: 366, y: 66, class: 'middle small soft' }, text('pressure', '圧力'));
  const kpag = add(svg, 'text', { x: 366, y: 84, class: 'middle strong' });
  add(svg, 'rect', { x: 350, y: 90, width: 18, height: 214, rx: 6, class: 'gauge' });
  const bar = add(svg, 'rect', { x: 353, width: 12, rx: 4 });
  for (const [value, label] of limits) {
    add(svg, 'path', { d: `M346 ${up(value)} h26`, class: 'limit' });
    add(svg, 'text', { x: 376, y: up(value) + 4, class: 'small' }, label);
  }
  // the operator's screen
  add(svg, 'rect', { x: 262, y: 200, width: 62, height: 44, rx: 4, class: 'box' });
  add(svg, 'rect', { x: 267, y: 205, width: 52, height: 28, class: 'screen' });
  const screen = add(svg, 'text', { x: 293, y: 224, class: 'middle strong' });
  add(svg, 'path', { d: 'M284 244 h18 l4 8 h-26 z', class: 'box' });
  add(svg, 'text', { x: 293, y: 266, class: 'middle small soft' }, text('operator sees', '運転員の画面'));
  const status = add(svg, 'text', { x: 366, y: 330, class: 'middle small strong' });
  const blast = add(svg, 'path', { d: 'M140 60 L158 126 L226 92 L186 150 L250 180 L182 190 L214 256 L152 214 L134 292 L118 212 L54 250 L92 186 L26 168 L96 150 L58 88 L122 124 Z', class: 'blast' });
  const kpa = add(svg, 'text', { x: 138, y: 176, class: 'middle strong on-blast' });

  return {
    svg, say,
    draw(look) {
      const p = look.get('pressure_kpag');
      const seen = look.numbers('shown_kpag')[0] ?? NaN;
      const x = look.numbers('trays');
      for (const [i, tray] of trays.entries()) set(tray, { fill: colour(x[i] ?? 0, mixture) });
      const drumShare = share(look.get('drum_kmol'), 0, 1);
      const sumpShare = share(look.get('reboiler_kmol'), 0, 1);
      set(drum, { y: 108 - 22 * drumShare, height: 22 * drumShare, fill: colour(x[n - 1] ?? 0, mixture) });
      set(sump, { y: 324 - 26 * sumpShare, height: 26 * sumpShare, fill: colour(x[0] ?? 0, mixture) });
      set(coolValve, { class: look.get('coolant_open') > 0.02 ? 'valve open' : 'valve' });
      set(steamValve, { class: look.get('steam_open') > 0.02 ? 'valve hot' : 'valve' });
      coolText.textContent = `${Math.round(100 * look.get('coolant_open'))}%`;
      steamText.textContent = `${Math.round(100 * look.get('steam_open'))}%`;
      heat.textContent = `${short(look.get('heat_kw'))} kW, ${look.get('bottom_c').toFixed(0)} ℃`;
      show(plume, look.is('is_relieving'));
      set(relief, { class: look.is('is_relieving') ? 'valve hot' : 'valve' });
      kpag.textContent = `${short(p)} kPag`;
      const danger = p >= limits[1]![0] ? 2 : p >= limits[0]![0] ? 1 : 0;
      set(bar, { y: up(p), height: 302 - up(p), class: ['fine', 'warn', 'bad'][danger]! });
      set(kpag, { class: `middle strong ${danger ? 'alert' : ''}` });
      screen.textContent = short(seen);
      set(screen, { class: `middle strong on-screen ${Math.abs(seen - p) > 20 ? 'alert' : ''}` });
      status.textContent = state(look);
      set(status, { class: `middle small strong ${danger || look.is('is_burst') ? 'alert' : ''}` });
      show(blast, look.is('is_burst'));
      show(kpa, look.is('is_burst'));
      kpa.textContent = look.is('is_burst') ? `${short(look.get('overpressure_kpa'))} kPa / ${short(look.get('distance_m'))} m` : '';
    },
  };
};

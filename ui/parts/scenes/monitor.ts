// SPDX-License-Identifier: Apache-2.0
// The plant and its watch: furnace and shaft as they are, sensors, gateway, server, what the
// staff is shown, and who is told.
import { text } from '../page';
import { clock } from '../curves';
import type { Look } from '../run';
import { add, canvas, colour, metal, set, show } from '../svg';
import type { MakeScene } from './scene';

const levels = [text('fine', '正常'), text('investigate', '調査'), text('alarm', '警報'), text('trip', '停止')];
const anomalies = [
  '', text('bearing 1 goes wrong', '軸受1の異常'), text('bearing 2 goes wrong', '軸受2の異常'),
  text('the controller’s sensor goes wrong', '調節計の熱電対の異常'), text('the monitor’s sensor drifts', '監視用熱電対のドリフト'),
];
const truths = ['zone_c', 'bearing1_c', 'bearing2_c'] as const;
const stale_s = 600;

function say(look: Look): string {
  const shown = look.numbers('shown');
  const silent = look.numbers('silent_s').filter((s) => s > stale_s).length;
  const what = anomalies[look.number('anomaly')];
  const parts = truths.map((name, i) => {
    const names = [text('furnace', '炉'), text('bearing 1', '軸受1'), text('bearing 2', '軸受2')];
    return text(`${names[i]} ${look.get(name).toFixed(0)} ℃, shown ${(shown[i] ?? NaN).toFixed(0)}`, `${names[i]}${look.get(name).toFixed(0)}℃(表示${(shown[i] ?? NaN).toFixed(0)})`);
  });
  if (silent) parts.push(text(`${silent} channels silent`, `途絶${silent}系統`));
  if (what) parts.push(what);
  if (look.is('is_seized')) parts.push(text('seized', '焼付き'));
  return parts.join(text('; ', '、'));
}

export const monitor: MakeScene = () => {
  const svg = canvas(440, 330, 'monitor');
  add(svg, 'rect', { x: 8, y: 176, width: 424, height: 146, rx: 6, class: 'floor' });
  add(svg, 'text', { x: 18, y: 314, class: 'small soft' }, text('the customer’s plant', '顧客の工場'));
  // furnace
  const oven = add(svg, 'rect', { x: 26, y: 212, width: 92, height: 76, rx: 8, class: 'oven' });
  const glow = add(svg, 'rect', { x: 40, y: 228, width: 64, height: 44, rx: 4 });
  const limited = add(svg, 'text', { x: 72, y: 205, class: 'middle small alert strong' }, text('limiter', '過熱防止'));
  // shaft between two bearings
  add(svg, 'path', { d: 'M176 250 H408', class: 'shaft' });
  const rotor = add(svg, 'g');
  add(rotor, 'circle', { r: 24, class: 'wheel' });
  const spokes = add(rotor, 'path', { d: 'M0 -24 V24 M-24 0 H24', class: 'spokes' });
  set(rotor, { transform: 'translate(292 250)' });
  const bearings = [214, 370].map((x) => {
    add(svg, 'rect', { x: x - 17, y: 266, width: 34, height: 22, class: 'foot' });
    return add(svg, 'rect', { x: x - 15, y: 234, width: 30, height: 34, rx: 6, class: 'bearing' });
  });
  const standing = add(svg, 'text', { x: 292, y: 298, class: 'middle small alert strong' });
  const truth = [72, 214, 370].map((x, i) => add(svg, 'text', { x, y: i ? 229 : 254, class: `middle strong ${i ? '' : 'on-oven'}` }));
  // sensors, gateway, server, who looks
  const xs = [72, 214, 370];
  const wires = xs.map((x, i) => add(svg, 'path', { d: `M${x} ${i ? 214 : 196} V158 H292 V132`, class: i === 1 ? 'wire wireless' : 'wire' }));
  xs.forEach((x) => add(svg, 'circle', { cx: x, cy: 178, r: 5, class: 'sensor' }));
  const box = (x: number, label: string) => {
    const g = add(svg, 'g');
    const rect = add(g, 'rect', { x: x - 44, y: 98, width: 88, height: 34, rx: 6, class: 'box' });
    add(g, 'text', { x, y: 119, class: 'middle small' }, label);
    return rect;
  };
  const gateway = box(292, text('gateway', 'ゲートウェイ'));
  const uplink = add(svg, 'path', { d: 'M248 115 H190', class: 'wire' });
  const server = box(146, text('server', '収集サーバ'));
  add(svg, 'path', { d: 'M102 115 H62 V84', class: 'wire' });
  // the screen of the staff on duty
  add(svg, 'rect', { x: 12, y: 10, width: 286, height: 74, rx: 5, class: 'box' });
  add(svg, 'rect', { x: 17, y: 15, width: 276, height: 64, rx: 2, class: 'screen' });
  const rows = [0, 1, 2].map((i) => add(svg, 'text', { x: 26, y: 33 + i * 19, class: 'small on-screen' }));
  // the manager
  const manager = add(svg, 'g', { class: 'walker' });
  set(manager, { transform: 'translate(392 66)' });
  add(manager, 'circle', { cy: -34, r: 7, class: 'body' });
  add(manager, 'path', { d: 'M0 -26 v20 M-9 -18 h18 M0 -6 l-7 14 M0 -6 l7 14', class: 'figure' });
  const told = add(svg, 'text', { x: 392, y: 90, class: 'middle small' });
  const bell = add(svg, 'path', { d: 'M-8 6 q2 -2 2 -8 q0 -8 6 -8 q6 0 6 8 q0 6 2 8 z M-3 8 h6', class: 'bell', transform: 'translate(360 28)' });
  const what = add(svg, 'text', { x: 426, y: 314, class: 'end small strong alert' });
  const names = [text('furnace', '炉'), text('bearing 1 (wireless)', '軸受1(無線)'), text('bearing 2', '軸受2')];

  return {
    svg, say,
    draw(look) {
      const shown = look.numbers('shown');
      const silent = look.numbers('silent_s');
      const values = truths.map((name) => look.get(name));
      set(glow, { fill: colour(values[0]!, metal) });
      set(oven, { class: look.is('is_limited') ? 'oven off' : 'oven' });
      show(limited, look.is('is_limited'));
      for (const [i, bearing] of bearings.entries()) set(bearing, { fill: colour(values[i + 1]!, metal) });
      set(spokes, { transform: `rotate(${((look.t * look.get('speed_rpm') * 0.006) % 360).toFixed(0)})` });
      standing.textContent = look.is('is_seized') ? text('seized', '焼付き') : look.is('is_tripped') ? text('tripped', '停止') : '';
      for (const [i, label] of truth.entries()) label.textContent = `${values[i]!.toFixed(0)} ℃`;
      for (const [i, wire] of wires.entries())
        set(wire, { class: `wire ${i === 1 ? 'wireless' : ''} ${(silent[i] ?? 0) > stale_s ? 'bad' : ''}` });
      const dark = silent.length > 0 && silent.every((s) => s > stale_s);
      set(uplink, { class: dark ? 'wire bad' : 'wire' });
      set(server, { class: look.flag('is_server_up') || look.head.is_still ? 'box' : 'box down' });
      set(gateway, { class: look.flag('is_gateway_up') || look.head.is_still ? 'box' : 'box down' });
      for (const [i, row] of rows.entries()) {
        const stale = (silent[i] ?? 0) > stale_s;
        const off = Math.abs((shown[i] ?? NaN) - values[i]!) > 15;
        row.textContent = `${names[i]}  ${(shown[i] ?? NaN).toFixed(0)} ℃${stale ? text(`, ${clock(silent[i] ?? 0)} old`, `(${clock(silent[i] ?? 0)}前)`) : ''}`;
        set(row, { class: `small on-screen ${off || stale ? 'alert' : ''}` });
      }
      const level = look.number('told');
      show(bell, level > 0);
      told.textContent = look.flag('is_visited') ? text('somebody is there', '人が現場に') : level > 0 ? text(`told: ${levels[level]}`, `通知: ${levels[level]}`) : text('manager', '管理者');
      what.textContent = look.flag('is_found') ? text('found', '発見') : anomalies[look.number('anomaly')] ?? '';
    },
  };
};

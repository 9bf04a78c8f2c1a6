// SPDX-License-Identifier: Apache-2.0
// The floor from above: racks, picking stations, vehicles by what they do, a person.
import { text } from '../page';
import { type Look, short } from '../run';
import { add, canvas, set, show } from '../svg';
import type { MakeScene } from './scene';

const states = ['rests', 'drives', 'waits', 'stops', 'broken'];
const names = [
  text('at rest', '停車'), text('drive', '走行'), text('wait', '待ち'), text('stopped', '停止'), text('collided', '衝突'),
];

function count(look: Look): number[] {
  const n = [0, 0, 0, 0, 0];
  const v = look.numbers('vehicles');
  for (let i = 3; i < v.length; i += 5) n[v[i]!]!++;
  return n;
}

function say(look: Look): string {
  const n = count(look);
  return text(
    `${n[1]} vehicles drive, ${n[2]} wait, ${n[3]} are stopped, ${n[4]} have collided; ${short(look.get('orders_done'))} orders done, nearest two ${short(look.get('nearest_m'))} m apart`,
    `走行${n[1]}台、待ち${n[2]}台、停止${n[3]}台、衝突${n[4]}台。完了${short(look.get('orders_done'))}件、車両間の最小距離${short(look.get('nearest_m'))} m`);
}

export const warehouse: MakeScene = (head) => {
  const svg = canvas(440, 400, 'warehouse');
  const scale = 6.2;
  const at = (x: number, y: number) => [34 + x * scale, 348 - y * scale] as const;
  const cells = (key: string) => (head.scene[key] ?? []) as number[];
  add(svg, 'rect', { x: 20, y: 22, width: 398, height: 342, rx: 4, class: 'floor' });
  for (const [key, size] of [['racks', 1.7], ['stations', 1.8], ['homes', 1.3]] as const) {
    const list = cells(key);
    let d = '';
    for (let i = 0; i < list.length; i += 2) {
      const [x, y] = at(list[i]! - size / 2, list[i + 1]! + size / 2);
      d += `M${x} ${y}h${size * scale}v${size * scale}h${-size * scale}z`;
    }
    add(svg, 'path', { d, class: key });
  }
  add(svg, 'text', { x: 24, y: 16, class: 'small soft' }, text('picking stations', 'ピッキングステーション'));
  const fleet = add(svg, 'g');
  const vehicles: SVGGElement[] = [];
  const person = add(svg, 'g');
  add(person, 'circle', { r: 9, class: 'halo' });
  add(person, 'circle', { r: 3.4, class: 'body' });
  const banner = add(svg, 'text', { x: 416, y: 16, class: 'end strong alert' }, text('EMERGENCY STOP', '非常停止'));
  const legend = add(svg, 'g');
  const counts = names.map((name, i) => {
    const x = 26 + i * 82;
    add(legend, 'rect', { x, y: 377, width: 11, height: 8, rx: 1.5, class: `vehicle ${states[i]}` });
    return [name, add(legend, 'text', { x: x + 15, y: 385, class: 'small' })] as const;
  });

  function vehicle(i: number): SVGGElement {
    const known = vehicles[i];
    if (known) return known;
    const g = add(fleet, 'g');
    add(g, 'rect', { x: -4.2, y: -3, width: 8.4, height: 6, rx: 1.4 });
    add(g, 'path', { d: 'M4.2 -1.8 L6.2 0 L4.2 1.8 Z', class: 'nose' });
    add(g, 'rect', { x: -2.4, y: -2, width: 4.8, height: 4, class: 'load' });
    vehicles[i] = g;
    return g;
  }

  return {
    svg, say,
    draw(look) {
      const v = look.numbers('vehicles');
      for (let i = 0; i * 5 + 4 < v.length; i++) {
        const g = vehicle(i);
        const [x, y] = at(v[i * 5]!, v[i * 5 + 1]!);
        set(g, { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${((-v[i * 5 + 2]! * 180) / Math.PI).toFixed(0)})`, class: `vehicle ${states[v[i * 5 + 3]!]}` });
        show(g.lastElementChild!, v[i * 5 + 4] === 1);
      }
      const [px, py] = at(look.get('person_x_m'), look.get('person_y_m'));
      show(person, look.get('person_x_m') > -50);
      set(person, { transform: `translate(${px} ${py})`, class: look.get('hits') > 0 ? 'walker hit' : 'walker' });
      show(banner, look.is('is_stopped'));
      const n = count(look);
      for (const [i, [name, label]] of counts.entries()) label.textContent = `${name} ${n[i]}`;
    },
  };
};

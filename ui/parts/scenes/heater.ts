// SPDX-License-Identifier: Apache-2.0
// The bath: what was ordered and what came, heater, tub, water, who is in it, and the skin.
import { text } from '../page';
import { type Look, short } from '../run';
import { add, canvas, colour, set, share, show, water } from '../svg';
import type { MakeScene } from './scene';

const degrees = [
  text('no burn', 'やけどなし'), text('1st-degree burn', '1度のやけど'),
  text('2nd-degree burn', '2度のやけど'), text('3rd-degree burn', '3度のやけど'),
];
const skins = ['#e9b995', '#e58f78', '#d3493f', '#7c2320'];
const tub = { x: 150, y: 150, wide: 178, deep: 92 };

function say(look: Look): string {
  const who = ['', text('somebody is in', '入浴中'), text('who came has gone', '退出済み')][look.number('bather')] ?? '';
  const parts = [
    text(`Bath ${short(look.get('bath_c'))} ℃, ${short(look.get('volume_l'))} L`,
      `湯温${short(look.get('bath_c'))}℃、湯量${short(look.get('volume_l'))} L`), who,
    text(`skin ${short(look.get('skin_c'))} ℃`, `皮膚${short(look.get('skin_c'))}℃`), degrees[look.get('degree')] ?? '',
  ];
  return parts.filter(Boolean).join(text(', ', '、'));
}

export const heater: MakeScene = (head) => {
  const svg = canvas(400, 270, 'heater');
  // the order and what arrives
  add(svg, 'rect', { x: 14, y: 12, width: 34, height: 54, rx: 6, class: 'box' });
  add(svg, 'rect', { x: 18, y: 18, width: 26, height: 38, rx: 2, class: 'screen' });
  const ordered = add(svg, 'text', { x: 31, y: 41, class: 'middle small' });
  add(svg, 'text', { x: 31, y: 80, class: 'middle small soft' }, text('ordered', '注文'));
  const wire = add(svg, 'path', { d: 'M52 38 H112', class: 'wire' });
  // the heater
  add(svg, 'rect', { x: 116, y: 10, width: 64, height: 82, rx: 6, class: 'box' });
  const received = add(svg, 'text', { x: 148, y: 30, class: 'middle strong' });
  const flame = add(svg, 'path', { d: 'M148 44 C162 58 160 72 148 76 C136 72 134 58 148 44 Z M148 58 C153 64 152 70 148 72 C144 70 143 64 148 58 Z', class: 'flame' });
  add(svg, 'text', { x: 148, y: 88, class: 'middle small soft' }, text('heater', '給湯器'));
  const cut = add(svg, 'text', { x: 190, y: 30, class: 'alert strong' }, text('cut off', '遮断'));
  const pipe = add(svg, 'path', { d: 'M180 66 H214 V150', class: 'pipe' });
  const jet = add(svg, 'rect', { x: 210, y: 112, width: 8, height: 40 });
  // the tub
  const id = `tub-${head.world}-${Math.random().toString(36).slice(2)}`;
  const clip = add(add(svg, 'defs'), 'clipPath', { id });
  const shape = `M${tub.x} ${tub.y} h${tub.wide} v${tub.deep - 26} q0 26 -26 26 h-${tub.wide - 52} q-26 0 -26 -26 z`;
  add(clip, 'path', { d: shape });
  const bather = add(svg, 'g');
  add(bather, 'circle', { cx: 284, cy: 128, r: 15, class: 'person' });
  add(bather, 'path', { d: 'M262 166 q2 -22 22 -22 q22 0 24 22 v40 h-100 q-2 -12 14 -14 h40 z', class: 'person' });
  const inside = add(svg, 'g', { 'clip-path': `url(#${id})` });
  const fill = add(inside, 'rect', { x: tub.x, width: tub.wide, height: tub.deep, 'fill-opacity': 0.82 });
  add(svg, 'path', { d: shape, class: 'vessel' });
  const steam = add(svg, 'path', { d: 'M176 140 q-8 -12 0 -22 q8 -10 0 -22 M206 140 q-8 -12 0 -22 M248 140 q-8 -12 0 -22 q8 -10 0 -22', class: 'steam' });
  const label = add(svg, 'text', { x: tub.x + 68, y: 212, class: 'middle big on-water' });
  const litres = add(svg, 'text', { x: tub.x + 68, y: 230, class: 'middle small on-water' });
  // the thermometer of the bath
  const scale = (c: number) => 242 - 190 * share(c, 15, 90);
  add(svg, 'text', { x: 370, y: 20, class: 'middle small soft' }, text('skin', '皮膚'));
  add(svg, 'rect', { x: 362, y: 48, width: 16, height: 198, rx: 8, class: 'gauge' });
  const mercury = add(svg, 'rect', { x: 365, width: 10, rx: 5 });
  for (const c of [20, 44, 60, 80]) {
    add(svg, 'path', { d: `M354 ${scale(c)} h7`, class: c === 44 ? 'limit' : 'tick' });
    add(svg, 'text', { x: 351, y: scale(c) + 4, class: `end small ${c === 44 ? 'alert' : 'soft'}` }, String(c));
  }
  const skin = add(svg, 'text', { x: 370, y: 38, class: 'middle strong' });
  const degree = add(svg, 'text', { x: 239, y: 264, class: 'middle strong' });

  return {
    svg, say,
    draw(look) {
      const bath = look.get('bath_c');
      const order = look.signal('bath_set');
      const set_c = look.get('set_c');
      const level = tub.deep * share(look.get('volume_l'), 0, look.get('tub_l') * 1.12);
      const burns = look.is('is_burning') && look.get('flow_l_min') + look.get('shower_l_min') > 0;
      const grade = Math.round(look.get('degree')) || 0;
      ordered.textContent = order.sent > 0 ? `${short(order.sent)}°` : '–';
      received.textContent = `${short(set_c)} ℃`;
      const odd = order.sent > 0 && Math.abs(order.seen - order.sent) > 0.5;
      set(received, { class: `middle strong ${odd ? 'alert' : ''}` });
      set(wire, { class: odd ? 'wire bad' : 'wire' });
      show(flame, burns);
      show(cut, look.is('is_cut_off'));
      set(pipe, { class: look.get('flow_l_min') > 0 ? 'pipe flows' : 'pipe' });
      set(jet, { fill: colour(look.get('outlet_c'), water) });
      show(jet, look.get('flow_l_min') > 0);
      set(fill, { y: tub.y + tub.deep - level, fill: colour(bath, water) });
      show(bather, look.number('bather') === 1);
      set(bather, { fill: skins[grade] ?? skins[3]! });
      show(steam, bath > 44 && level > 10);
      label.textContent = `${bath.toFixed(1)} ℃`;
      litres.textContent = `${Math.round(look.get('volume_l'))} L`;
      set(mercury, { y: scale(look.get('skin_c')), height: 246 - scale(look.get('skin_c')), fill: skins[Math.min(3, Math.max(grade, look.get('skin_c') > 44 ? 1 : 0))]! });
      skin.textContent = `${look.get('skin_c').toFixed(1)} ℃`;
      degree.textContent = degrees[grade] ?? '';
      set(degree, { class: `middle strong ${grade > 0 ? 'alert' : 'soft'}` });
    },
  };
};

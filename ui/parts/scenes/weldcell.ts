// SPDX-License-Identifier: Apache-2.0
// The cell: two arms as their joints stand, arcs, the part and its seams, fence, scanner's
// field and the nearest person.
import { text } from '../page';
import { type Look, short } from '../run';
import { add, canvas, set, share, show } from '../svg';
import type { MakeScene } from './scene';

const phases = [
  text('a part comes in', '搬入'), text('approaches', '接近'), text('arcs ignite', '点弧'), text('welds', '溶接'),
  text('retracts', '退避'), text('the part goes out', '搬出'),
];
type Point = [number, number, number];
const apart = 0.07; // m: the seams from the middle of the part, for both torches to be seen

function state(look: Look): string {
  if (look.is('is_stopped')) return text('SAFETY STOP', '安全停止');
  if (look.is('is_teaching')) return text('teaching', 'ティーチング');
  return phases[Math.round(look.get('phase'))] ?? '';
}

function say(look: Look): string {
  return text(
    `${state(look)}; ${short(look.get('parts_made'))} parts made, ${short(look.get('parts_defective'))} defective, ${short(look.get('parts_escaped'))} shipped; nearest person ${short(look.get('person_m'))} m, gate ${look.is('fence_open') ? 'open' : 'shut'}`,
    `${state(look)}。生産${short(look.get('parts_made'))}、不良${short(look.get('parts_defective'))}、流出${short(look.get('parts_escaped'))}。最も近い人まで${short(look.get('person_m'))} m、扉は${look.is('fence_open') ? '開' : '閉'}`);
}

// The hall seen from the front and a little from above.
function at([x, y, z]: Point): [number, number] {
  return [172 + 178 * x + 62 * y, 196 - 178 * z - 44 * y];
}
function line(points: Point[]): string {
  return points.map((p, i) => `${i ? 'L' : 'M'}${at(p).map((v) => v.toFixed(1)).join(' ')}`).join('');
}

export const weldcell: MakeScene = (head) => {
  const svg = canvas(440, 330, 'weldcell');
  const seam_m = (head.parameters['seam_mm'] ?? 300) / 1000;
  const level = head.parameters['seam_z_m'] ?? -0.1;
  const reach = head.parameters['seam_x_m'] ?? 0.5; // from the bases to the seams
  add(svg, 'path', { d: 'M8 262 L70 202 H432 L410 262 Z', class: 'floor' });
  const field = add(svg, 'path', { d: 'M26 250 L64 214 H330 L316 250 Z', class: 'field' });
  // table, part and both seams
  const half = seam_m / 2 + 0.05;
  add(svg, 'path', { d: `${line([[-0.2, -half, level - 0.04], [0.2, -half, level - 0.04], [0.2, half, level - 0.04], [-0.2, half, level - 0.04]])}Z`, class: 'table' });
  const part = add(svg, 'path', { d: `${line([[-0.11, -half, level], [0.11, -half, level], [0.11, half, level], [-0.11, half, level]])}Z`, class: 'part' });
  const seams = [-1, 1].map((side) => add(svg, 'path', { d: line([[apart * side, -seam_m / 2, level], [apart * side, seam_m / 2, level]]), class: 'seam' }));
  const beads = [-1, 1].map(() => add(svg, 'path', { class: 'bead' }));
  // arms: plinth, links, joints, torch
  const arms = [-1, 1].map((side) => {
    const [x, y] = at([(reach + apart) * side, 0, 0]);
    add(svg, 'path', { d: `M${x - 15} ${y + 50} L${x - 9} ${y} H${x + 9} L${x + 15} ${y + 50} Z`, class: 'plinth' });
    return {
      link: add(svg, 'path', { class: 'link' }), torch: add(svg, 'path', { class: 'torch' }),
      joints: [0, 1, 2].map(() => add(svg, 'circle', { r: 6, class: 'joint' })),
      spark: add(svg, 'path', { d: 'M0 -13 L3 -4 L12 -6 L5 1 L10 10 L1 5 L-6 12 L-4 3 L-13 2 L-5 -3 L-9 -11 Z', class: 'spark' }),
      label: add(svg, 'text', { x, y: y + 66, class: 'middle small' }),
    };
  });
  // the fence with its gate, and the nearest person
  add(svg, 'path', { d: 'M352 164 V262 M364 164 V240 M352 178 H364 M352 204 H364', class: 'fence' });
  const gate = add(svg, 'path', { class: 'fence gate' });
  const person = add(svg, 'g', { class: 'walker' });
  add(person, 'circle', { cy: -34, r: 6, class: 'body' });
  add(person, 'path', { d: 'M0 -27 v16 M-8 -20 h16 M0 -11 l-6 13 M0 -11 l6 13', class: 'figure' });
  const away = add(svg, 'text', { class: 'middle small' });
  const status = add(svg, 'text', { x: 14, y: 22, class: 'strong' });
  const counts = add(svg, 'text', { x: 14, y: 312, class: 'small' });
  const bad = add(svg, 'text', { x: 426, y: 312, class: 'end small strong' });
  const sync = add(svg, 'text', { x: 426, y: 22, class: 'end small soft' });
  const heats = ['left', 'right'] as const;

  return {
    svg, say,
    draw(look) {
      const points = (look.frame.picture['arms'] ?? []) as Point[][];
      const burning = look.numbers('burning');
      for (const [i, arm] of arms.entries()) {
        const side = i ? apart : -apart;
        const p = points[i]?.map(([x, y, z]): Point => [x + side, y, z]);
        if (!p || p.length < 4) continue;
        set(arm.link, { d: line(p.slice(0, 3)) });
        set(arm.torch, { d: line(p.slice(2)) });
        for (const [k, joint] of arm.joints.entries()) {
          const [cx, cy] = at(p[k]!);
          set(joint, { cx, cy });
        }
        const [x, y] = at(p[3]!);
        show(arm.spark, burning[i] === 1);
        set(arm.spark, { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${((look.t * 400) % 360).toFixed(0)})` });
        const heat = look.get(`${heats[i]}_heat_kj_mm`);
        const wrong = heat > 0 && (heat < look.get('heat_least_kj_mm') || heat > look.get('heat_most_kj_mm'));
        arm.label.textContent = heat > 0 ? `${heat.toFixed(2)} kJ/mm` : '';
        set(arm.label, { class: `middle small ${wrong ? 'alert strong' : ''}` });
        const done = share(look.get(`${heats[i]}_progress_mm`) / 1000, 0, seam_m) * (look.get('phase') === 3 || look.get('phase') === 4 ? 1 : 0);
        set(beads[i]!, { d: done > 0 ? line([[side, -seam_m / 2, level], [side, -seam_m / 2 + done * seam_m, level]]) : '', class: wrong ? 'bead bad' : 'bead' });
      }
      const phase = look.get('phase');
      const slide = phase === 0 ? -1 : phase === 5 ? 1 : 0;
      show(part, slide === 0);
      for (const seam of seams) show(seam, slide === 0);
      const open = look.is('fence_open');
      set(gate, { d: open ? 'M352 262 L384 274 M364 240 L396 250 M384 274 L396 250' : 'M352 262 L364 240', class: open ? 'fence gate open' : 'fence gate' });
      const m = look.get('person_m');
      const x = at([Math.min(1.45, 0.3 + m * 0.36), 0, 0])[0];
      set(person, { transform: `translate(${x.toFixed(1)} 252)`, class: m < look.get('danger_m') ? 'walker hit' : 'walker' });
      show(person, m < 9.5);
      show(away, m < 9.5);
      set(away, { x, y: 274 });
      away.textContent = `${m.toFixed(1)} m`;
      set(field, { class: look.is('is_scanner_on') ? (m < look.get('field_m') ? 'field seen' : 'field') : 'field off' });
      status.textContent = state(look);
      set(status, { class: look.is('is_stopped') ? 'strong alert' : 'strong' });
      counts.textContent = text(`parts made ${short(look.get('parts_made'))}`, `生産数 ${short(look.get('parts_made'))}`);
      const defective = look.get('parts_defective');
      bad.textContent = text(`defective ${short(defective)}, shipped ${short(look.get('parts_escaped'))}`, `不良 ${short(defective)}、流出 ${short(look.get('parts_escaped'))}`);
      set(bad, { class: `end small strong ${defective > 0 ? 'alert' : 'soft'}` });
      sync.textContent = text(`left to right ${look.get('sync_error_mm').toFixed(1)} mm`, `左右の差 ${look.get('sync_error_mm').toFixed(1)} mm`);
    },
  };
};

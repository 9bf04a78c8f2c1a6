// SPDX-License-Identifier: Apache-2.0
// The picture of each twin. One without a row is shown by its curves alone.
import { column } from './column';
import { drone } from './drone';
import { heater } from './heater';
import { monitor } from './monitor';
import type { MakeScene } from './scene';
import { warehouse } from './warehouse';
import { weldcell } from './weldcell';

export const scenes: Readonly<Record<string, MakeScene>> = { heater, drone, warehouse, column, weldcell, monitor };

// Where the window stood when it was closed, so that it stands there again; nowhere outside the screens that are connected now. No Electron here.

import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const placeSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(1024).max(20_000), height: z.int().min(700).max(20_000), maximized: z.boolean() });
export type WindowPlace = z.infer<typeof placeSchema>;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** So much of the title bar must be in reach of the pointer. */
const reach = 100;

/** The place in that file, if it can be read and a screen shows enough of it; else null. */
export function readPlace(file: string, screens: readonly Area[]): WindowPlace | null {
  try {
    const place = placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return screens.some((screen) => isReachable(place, screen)) ? place : null;
  } catch {
    return null;
  }
}

/** Keeps the place; a disk that is full must not keep the window from closing. */
export function writePlace(file: string, place: WindowPlace): void {
  try {
    writeFileSync(file, JSON.stringify(place));
  } catch {
    // The window opens in the middle next time.
  }
}

function isReachable({ x, y, width }: WindowPlace, screen: Area): boolean {
  const shown = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return shown >= reach && y >= screen.y && y <= screen.y + screen.height - reach;
}

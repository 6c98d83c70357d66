// A small picture of boxes from top to bottom with their connections, in their families' hues. Knows boxes and lines only.

import { boxWidth, type Measures, measuresFor, pathBetween, type Place, unitsOf } from './stackMeasures.ts';
import styles from './StackPicture.module.css';

export interface StackBox {
  readonly id: string;
  readonly label: string;
  readonly family: string | null;
  readonly row: number;
  readonly column: number;
  /** How much comes out of it; without words a box is the wider the more it is, and a few are shown one by one. */
  readonly size?: number | undefined;
}
export interface StackPictureProps {
  /** Read out. */
  readonly label: string;
  readonly boxes: readonly StackBox[];
  readonly lines: readonly (readonly [string, string])[];
  /** Words in the boxes; without them the boxes are bars of full colour. */
  readonly words?: boolean;
}

/** Fits into its parent, never larger than 100 %. */
export function StackPicture({ label, boxes, lines, words = false }: StackPictureProps) {
  const units = words ? null : unitsOf(boxes);
  if (units) return <UnitPicture label={label} units={units} />;
  const columns = boxes.map((box) => box.column);
  const left = Math.min(0, ...columns);
  const count = Math.max(0, ...columns) - left + 1;
  const rows = Math.max(0, ...boxes.map((box) => box.row)) + 1;
  const m = measuresFor(rows, count, words);
  const bypass = lines.some(([from, to]) => passesOver(boxes, from, to)) ? m.side + 6 : 0;
  const width = count * (m.width + m.gap) - m.gap + 2 * bypass;
  const height = (rows - 1) * m.pitch + m.height;
  const at = new Map(boxes.map((box) => [box.id, { x: (box.column - left) * (m.width + m.gap) + bypass + m.width / 2, y: box.row * m.pitch }]));
  return (
    <svg
      className={styles.picture}
      viewBox={`-1 -1 ${width + 2} ${height + 2}`}
      style={{ maxWidth: width + 2, maxHeight: height + 2 }}
      role="img"
      aria-label={label}
    >
      {lines.map(([from, to]) => {
        const start = at.get(from);
        const end = at.get(to);
        return start && end && <path key={`${from} ${to}`} className={styles.line} d={pathBetween(start, end, m, passesOver(boxes, from, to))} />;
      })}
      {boxes.map((box) => {
        const place = at.get(box.id);
        return place && <Box key={box.id} box={box} place={place} m={m} width={words ? m.width : boxWidth(box, boxes, m)} words={words} />;
      })}
    </svg>
  );
}

interface BoxProps {
  readonly box: StackBox;
  readonly place: Place;
  readonly m: Measures;
  readonly width: number;
  readonly words: boolean;
}

function Box({ box, place, m, width, words }: BoxProps) {
  return (
    <g data-family={box.family ?? 'block'} className={words ? styles.worded : styles.bare}>
      <rect x={place.x - width / 2} y={place.y} width={width} height={m.height} rx={words ? 4 : Math.min(3, m.height / 3)} />
      {words && (
        <text x={place.x} y={place.y + m.height / 2} dy="0.36em" textAnchor="middle">
          {box.label.length > 20 ? `${box.label.slice(0, 19)}…` : box.label}
        </text>
      )}
    </g>
  );
}

const unit = { radius: 7, pitch: 34, most: 26, room: 108 };

/** Few enough units to see each: circles, every one connected with every one of the row before. */
function UnitPicture({ label, units }: { readonly label: string; readonly units: readonly { readonly count: number; readonly family: string | null }[] }) {
  const most = Math.max(...units.map(({ count }) => count));
  const across = Math.min(unit.most, unit.room / Math.max(1, most - 1));
  const width = (most - 1) * across + 2 * unit.radius;
  const height = (units.length - 1) * unit.pitch + 2 * unit.radius;
  const rows = units.map(({ count }, row) =>
    Array.from({ length: count }, (_, i) => ({ x: width / 2 + (i - (count - 1) / 2) * across, y: row * unit.pitch + unit.radius })),
  );
  return (
    <svg
      className={styles.picture}
      viewBox={`-1 -1 ${width + 2} ${height + 2}`}
      style={{ maxWidth: width + 2, maxHeight: height + 2 }}
      role="img"
      aria-label={label}
    >
      {rows
        .slice(1)
        .flatMap((row, i) =>
          row.flatMap((to) =>
            (rows[i] ?? []).map((from) => <path key={`${from.x} ${to.x} ${to.y}`} className={styles.line} d={`M${from.x} ${from.y}L${to.x} ${to.y}`} />),
          ),
        )}
      {rows.map((row, i) => (
        <g key={row[0]?.y} data-family={units[i]?.family ?? 'block'} className={styles.bare}>
          {row.map(({ x, y }) => (
            <circle key={x} cx={x} cy={y} r={unit.radius} />
          ))}
        </g>
      ))}
    </svg>
  );
}

/** A connection in one column that would run through a box between its ends goes round on the right. */
function passesOver(boxes: readonly StackBox[], from: string, to: string): boolean {
  const start = boxes.find((box) => box.id === from);
  const end = boxes.find((box) => box.id === to);
  if (!start || !end || start.column !== end.column) return false;
  return boxes.some((box) => box.column === start.column && box.row > start.row && box.row < end.row);
}

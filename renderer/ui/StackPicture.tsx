// A small picture of boxes from top to bottom with their connections, in their families' hues. Knows boxes and lines only.

import styles from './StackPicture.module.css';

export interface StackBox {
  readonly id: string;
  readonly label: string;
  readonly family: string | null;
  readonly row: number;
  readonly column: number;
}
export interface StackPictureProps {
  /** Read out. */
  readonly label: string;
  readonly boxes: readonly StackBox[];
  readonly lines: readonly (readonly [string, string])[];
  /** Words in the boxes; without them the boxes are bars of full colour. */
  readonly words?: boolean;
}

const worded = { width: 124, height: 18, pitch: 25, gap: 16 };
const bare = { width: 56, height: 11, pitch: 20, gap: 12 };
type Measures = typeof worded;

/** Fits into its parent, never larger than 100 %. */
export function StackPicture({ label, boxes, lines, words = false }: StackPictureProps) {
  const m = words ? worded : bare;
  const columns = boxes.map((box) => box.column);
  const left = Math.min(0, ...columns);
  const bypass = lines.some(([from, to]) => passesOver(boxes, from, to)) ? 22 : 0;
  const width = (Math.max(0, ...columns) - left) * (m.width + m.gap) + m.width + 2 * bypass;
  const height = Math.max(0, ...boxes.map((box) => box.row)) * m.pitch + m.height;
  const at = new Map(boxes.map((box) => [box.id, { x: (box.column - left) * (m.width + m.gap) + bypass + m.width / 2, y: box.row * m.pitch, row: box.row }]));
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
        return (
          place && (
            <g key={box.id} data-family={box.family ?? 'block'} className={words ? styles.worded : styles.bare}>
              <rect x={place.x - m.width / 2} y={place.y} width={m.width} height={m.height} rx={words ? 4 : 3} />
              {words && (
                <text x={place.x} y={place.y + m.height / 2} dy="0.36em" textAnchor="middle">
                  {box.label.length > 20 ? `${box.label.slice(0, 19)}…` : box.label}
                </text>
              )}
            </g>
          )
        );
      })}
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

interface Place {
  readonly x: number;
  readonly y: number;
}
function pathBetween(start: Place, end: Place, m: Measures, round: boolean): string {
  if (round) {
    const side = start.x + m.width / 2 + 16;
    const from = start.y + m.height + 3;
    const to = end.y + m.height / 2;
    return `M${start.x} ${from - 3}v3H${side - 5}q5 0 5 5V${to - 5}q0 5 -5 5H${end.x + m.width / 2}`;
  }
  const from = start.y + m.height;
  if (start.x === end.x) return `M${start.x} ${from}V${end.y}`;
  const middle = end.y - (m.pitch - m.height) / 2;
  return `M${start.x} ${from}V${middle}H${end.x}V${end.y}`;
}

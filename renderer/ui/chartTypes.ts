// What the charts are given. No word of the domain.

export interface Series {
  readonly id: string;
  readonly label: string;
  /** A token's name: `--series-1`. */
  readonly colour: string;
  readonly dashed?: boolean;
  /** Marks each point (few points, each of them a measurement). */
  readonly marked?: boolean;
  /** Ascending x. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Written at the line's end. */
  readonly endLabel?: string;
}

export interface LineChartProps {
  /** Read out; the visible heading stands outside. */
  readonly label: string;
  readonly series: readonly Series[];
  readonly xLabel?: string;
  readonly logY?: boolean;
  /** The whole way; what lies beyond the data is still to come. */
  readonly xEnd?: number;
  readonly xStart?: number;
  readonly formatX?: (x: number) => string;
  readonly formatY?: (y: number) => string;
  /** The readout's first line: `end of epoch 4`. */
  readonly describeX?: (x: number) => string;
}

// A line on the terminal that shows how far a run is. Draws nothing where there is no terminal.

import type { RunProgress } from '../../shared/protocol/contract.ts';
import { formatValue } from './output.ts';

const width = 28;
const interval = 100;

export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export class ProgressBar {
  private drawnAt = 0;
  private readonly shown = process.stderr.isTTY === true;

  draw({ step, totalSteps, batches, secondsLeft }: RunProgress): void {
    if (!this.shown || totalSteps === 0 || performance.now() - this.drawnAt < interval) return;
    this.drawnAt = performance.now();
    const done = Math.round((width * step) / totalSteps);
    const left = secondsLeft === null ? '' : `  ${formatSeconds(secondsLeft)} left`;
    process.stderr.write(
      `\r\u001b[2K${'█'.repeat(done)}${'░'.repeat(width - done)}  ${Math.floor((100 * step) / totalSteps)} %  loss ${formatValue(batches.at(-1)?.values.loss)}${left}`,
    );
  }

  clear(): void {
    if (this.shown) process.stderr.write('\r\u001b[2K');
    this.drawnAt = 0;
  }
}

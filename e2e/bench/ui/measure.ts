// Measuring a page while somebody works in it: frames, the processor time of its main thread, and the time from an event to the frame after.

import type { CDPSession, Page } from '@playwright/test';

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/** What one gesture came to. Milliseconds. */
export interface Gesture {
  /** From one frame to the next. */
  readonly frames: readonly number[];
  /** Processor time of the page's main thread, for each frame: what others do on the machine does not change it. */
  readonly work: number;
}

/** Counts the main thread's processor time, not the time that passes. */
export async function meter(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return session;
}

/** Milliseconds that the main thread works while `act` goes on, and what that gave. */
export async function working<T>(session: CDPSession, act: () => Promise<T>): Promise<{ readonly result: T; readonly work: number }> {
  const before = await worked(session);
  const result = await act();
  return { result, work: (await worked(session)) - before };
}

async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

/** Frames and work while `act` lasts. */
export async function during(page: Page, session: CDPSession, act: () => Promise<void>): Promise<Gesture> {
  await page.evaluate(() => {
    const times: number[] = [];
    const state = { times, on: true };
    const tick = (now: number) => {
      times.push(now);
      if (state.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { netwrightFrames: state });
  });
  const { work } = await working(session, act);
  const times = await page.evaluate(() => {
    const state = (window as unknown as { netwrightFrames: { times: number[]; on: boolean } }).netwrightFrames;
    state.on = false;
    return state.times;
  });
  const frames = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return { frames, work: work / Math.max(1, frames.length) };
}

/** What came of one event. Milliseconds. */
export interface Answer {
  /** From the event to the end of the first frame that shows its effect. */
  readonly took: number;
  /** Frames begun from the event on, until the effect stood in the page: 1 is the next one. */
  readonly frames: number;
}

/**
 * Waits, in the page, for the first frame in which `selector`'s text holds `text`, counted from the next event of that type.
 * Begun before the event; the answer is asked for with `answer`.
 */
export async function expectAnswer(page: Page, type: string, selector: string, text: string): Promise<void> {
  await page.evaluate(
    ([event, place, words]) => {
      const took = new Promise<{ took: number; frames: number }>((resolve, reject) => {
        setTimeout(() => reject(new Error(`Not seen in 30 seconds: ${words} in ${place}.`)), 30_000);
        const begin = (at: Event) => {
          let frames = 0;
          const look = () => {
            frames++;
            const isThere = document.querySelector(place)?.textContent?.includes(words) ?? false;
            // Behind this frame's drawing.
            if (isThere) setTimeout(() => resolve({ took: performance.now() - at.timeStamp, frames }));
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        };
        window.addEventListener(event, begin, { once: true, capture: true });
      });
      Object.assign(window, { netwrightAnswer: took });
    },
    [type, selector, text] as const,
  );
}

export const answer = (page: Page): Promise<Answer> => page.evaluate(() => (window as unknown as { netwrightAnswer: Promise<Answer> }).netwrightAnswer);

/** Resolves when the page has nothing left to do, lists that follow an edit when there is time among it. */
export const quiet = (page: Page): Promise<void> => page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve())));

/**
 * Presses keys, each once the frame after the one before it has ended: from each press to the end of its own frame. Sent faster than that, keys
 * wait for one another and for the page's timers, which come after all input: that would measure the driver.
 */
export async function keyTimes(page: Page, keys: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (const key of keys) {
    await page.evaluate(() => {
      const took = new Promise<number>((resolve) => {
        const onKey = (event: KeyboardEvent) => {
          if (event.key === 'Control') return;
          window.removeEventListener('keydown', onKey, true);
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp)));
        };
        window.addEventListener('keydown', onKey, true);
      });
      Object.assign(window, { netwrightKey: took });
    });
    await page.keyboard.press(key);
    times.push(await page.evaluate(() => (window as unknown as { netwrightKey: Promise<number> }).netwrightKey));
  }
  return times;
}

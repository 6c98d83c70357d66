// What a person can read in the window, held against the catalogue: English that has stayed behind, and words that do not fit their place.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { layers } from '../../shared/layers/index.ts';
import { recognizer } from '../../renderer/text/recognize.ts';

const folder = join(import.meta.dirname, '../../renderer/text/de');
const catalogue: Readonly<Record<string, string>> = Object.assign(
  {},
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as object),
);
const plain = (text: string): string => text.replaceAll(/, (text|number)\}/g, '}');
const german = new Set(Object.values(catalogue));
const isGerman = recognizer([...german].map(plain));
const isEnglish = recognizer(Object.keys(catalogue));
/** Layers keep the names they have in Keras, languages those they have in themselves, works their titles. */
const names = new Set([
  ...Object.values(layers).map(({ title }) => title),
  'English',
  'Y. LeCun, C. Cortes, C. Burges: The MNIST database of handwritten digits',
]);
/** Words that no German text has. */
const stopWords = /\b(all|the|of|with|and|not|this|from|its|are|layers?|set|your|which|new|by|for|or|no|use|show|more)\b/i;

/** Everything that is written, spoken or shown at the pointer; code, what a person has named and what is marked as English (the help of a new layer) are left out. */
export function readTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const texts = new Set<string>();
    for (const element of document.querySelectorAll('body *')) {
      if (!isSeen(element) || element.closest('[data-foreign], [lang="en"]:not(html), script, style')) continue;
      if (element.closest('[aria-hidden="true"]') === null)
        for (const name of ['aria-label', 'title', 'placeholder', 'aria-roledescription', 'aria-valuetext']) texts.add(element.getAttribute(name) ?? '');
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? '');
      texts.add(own.join('').replace(/\s+/g, ' ').trim());
    }
    texts.delete('');
    return [...texts];
  });
}

/** The texts that are English still. @param given what somebody has named so */
export function leftInEnglish(texts: readonly string[], given: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.split('\n\n'))
    .filter((text) => {
      if (names.has(text) || german.has(text) || given.includes(text)) return false;
      const known = Object.hasOwn(catalogue, text) && catalogue[text] !== text;
      return known || stopWords.test(text) || (isEnglish(text) !== null && isGerman(text) === null);
    });
}

/** Buttons, labels and headings whose words are wider than they are, where nothing says that they may be cut. */
export function cutWords(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const wide = (element: Element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
    const mayBeCut = (element: Element) =>
      ['ellipsis', 'clip'].includes(getComputedStyle(element).textOverflow) &&
      getComputedStyle(element).overflowX === 'hidden' &&
      getComputedStyle(element).textOverflow === 'ellipsis';
    const found = [...document.querySelectorAll('button, label, span[class*="label"], h1, h2, h3, dt, dd, summary, [role="tab"], header, footer, nav')]
      .filter(
        (element) => element.checkVisibility() && !element.closest('.react-flow__viewport, .visuallyHidden') && !element.classList.contains('visuallyHidden'),
      )
      .filter(
        (element) =>
          wide(element) &&
          getComputedStyle(element).display !== 'inline' &&
          !mayBeCut(element) &&
          !['auto', 'scroll'].includes(getComputedStyle(element).overflowX),
      );
    const page = document.documentElement.scrollWidth > window.innerWidth ? ['the page itself'] : [];
    return [
      ...page,
      ...found.map(
        (element) => `${element.tagName.toLowerCase()} “${(element.textContent ?? '').slice(0, 60)}” ${element.scrollWidth} in ${element.clientWidth}`,
      ),
    ];
  });
}

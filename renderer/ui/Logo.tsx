// The mark: an N drawn as two units and their connections. The lower unit is filled: it fires.

import { t } from '../text/text.ts';
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" role="img" aria-label={t('Netwright')}>
      <path d="M4.5 17.5v-13l13 13v-13" fill="none" stroke="var(--accent)" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round" />
      <circle cx="4.5" cy="4.5" r="2.5" fill="var(--bg-chrome)" stroke="var(--accent)" strokeWidth="2" />
      <circle cx="17.5" cy="17.5" r="2.5" fill="var(--accent)" stroke="var(--accent)" strokeWidth="2" />
    </svg>
  );
}

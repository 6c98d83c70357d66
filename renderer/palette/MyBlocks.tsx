// The blocks that this person keeps for all projects: added as layers are, renamed, deleted.

import { Ellipsis } from 'lucide-react';
import { memo, useState } from 'react';
import { definitionOfSaved, type SavedBlock, savedKind } from '../../shared/network/savedBlocks.ts';
import { putKeptApart, removeKept, renameKept } from '../actions/index.ts';
import { attempt, useLibraryBlocks } from '../state/index.ts';
import { t } from '../text/text.ts';
import { countOf } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { TextField } from '../ui/TextField.tsx';
import { Entry, type Place, type Shown } from './Entry.tsx';
import styles from './Palette.module.css';

function shownSaved(saved: SavedBlock): Shown {
  const layers = definitionOfSaved(saved)?.nodes.filter(({ kind }) => kind !== 'input').length ?? 0;
  return { kind: savedKind(saved), title: saved.name, help: countOf(layers, 'layer'), family: 'block', glyph: undefined };
}

function Renaming({ saved, onEnd }: { readonly saved: SavedBlock; readonly onEnd: () => void }) {
  return (
    <li className={styles.renaming}>
      <TextField
        label={t`Name of ${saved.name}`}
        labels="hidden"
        value={saved.name}
        autoFocus
        check={(name) => (name.trim() === '' || name.length > 64 ? t('A name has 1 to 64 characters.') : null)}
        onChange={(name) => {
          attempt(() => renameKept(saved.id, name.trim()));
          onEnd();
        }}
        onKeyDown={({ key }) => (key === 'Escape' || key === 'Enter') && onEnd()}
      />
    </li>
  );
}

/** What a block says when it is searched. */
const answers = ({ name }: SavedBlock, query: string): boolean => `${name} my blocks`.toLowerCase().includes(query.trim().toLowerCase());

export const MyBlocks = memo(function MyBlocks({ query, place }: { readonly query: string; readonly place: Place }) {
  const [renamed, setRenamed] = useState<string | null>(null);
  const found = useLibraryBlocks().filter((saved) => answers(saved, query));
  if (found.length === 0) return null;
  return (
    <section aria-label={t('My blocks')}>
      <p className={styles.heading}>{t('My blocks')}</p>
      <ul>
        {found.map((saved) =>
          saved.id === renamed ? (
            <Renaming key={saved.id} saved={saved} onEnd={() => setRenamed(null)} />
          ) : (
            <Entry key={saved.id} shown={shownSaved(saved)} place={place}>
              <Menu
                label={t`What to do with ${saved.name}`}
                trigger={<IconButton size="small" label={t`More about ${saved.name}`} icon={<Ellipsis />} />}
                items={[
                  { id: 'apart', label: t('Add, set apart from its others'), onAction: () => putKeptApart(saved) },
                  { id: 'rename', label: t('Rename'), divider: true, onAction: () => setRenamed(saved.id) },
                  { id: 'delete', label: t('Delete'), danger: true, onAction: () => attempt(() => removeKept(saved)) },
                ]}
              />
            </Entry>
          ),
        )}
      </ul>
    </section>
  );
});

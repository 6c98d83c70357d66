// A small sheet to draw on with a soft pen, in the size of the dataset's pictures.

import { Eraser } from 'lucide-react';
import { type PointerEvent, useMemo, useState } from 'react';
import type { Shape } from '../../shared/tensor/types.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { stroke } from './pen.ts';
import { pictureOf } from './picture.ts';
import styles from './SamplePanel.module.css';
import { Tile } from './Tile.tsx';

export function DrawingPad({ shape, onDraw }: { readonly shape: Shape; readonly onDraw: (values: readonly number[] | null) => void }) {
  const [rows = 1, columns = 1] = shape;
  const [values, setValues] = useState<readonly number[]>(() => new Array(rows * columns).fill(0));
  const picture = useMemo(() => pictureOf([rows, columns, 1], values), [rows, columns, values]);
  const put = (next: readonly number[] | null) => {
    setValues(next ?? new Array(rows * columns).fill(0));
    onDraw(next);
  };
  const draw = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: ((event.clientX - box.left) / box.width) * columns, y: ((event.clientY - box.top) / box.height) * rows };
    put(stroke(values, columns, at));
  };
  return (
    <div className={styles.pad}>
      <div
        className={styles.sheet}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          draw(event);
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && draw(event)}
      >
        <Tile picture={picture} label={t('Sheet to draw on with the pointer')} />
      </div>
      <Button icon={<Eraser />} onPress={() => put(null)}>
        {t('Clear')}
      </Button>
    </div>
  );
}

// A slider with its number beside it: the slider for the usual range, the number for every value that is allowed.

import { useId, useState } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import styles from './Field.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { NumberField } from './NumberField.tsx';

export interface SliderFieldProps {
  readonly label: string;
  readonly value: number;
  /** While dragging nothing is told; the value counts when the pointer lets go. */
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
  /** The slider's end where `max` is far away. */
  readonly sliderMax?: number;
  readonly step?: number;
  readonly integer?: boolean;
  readonly exclusiveMin?: boolean;
  readonly scale?: 'linear' | 'log';
  readonly help?: string;
  readonly error?: string | null;
  readonly disabled?: boolean;
  readonly labels?: 'above' | 'beside' | 'hidden';
}

export function SliderField(props: SliderFieldProps) {
  const { label, value, onChange, min, max, sliderMax = max, step = 1, integer, exclusiveMin, scale = 'linear', help, error, disabled, labels } = props;
  const id = useId();
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? value;
  return (
    <FieldFrame id={id} label={label} labels={labels} help={help}>
      <div className={styles.pair}>
        <Slider
          aria-label={label}
          className={styles.slider}
          minValue={min}
          maxValue={sliderMax}
          step={step}
          isDisabled={disabled}
          value={Math.min(sliderMax, Math.max(min, shown))}
          onChange={(next) => setDragged(next as number)}
          onChangeEnd={(next) => {
            setDragged(null);
            if (next !== value) onChange(next as number);
          }}
        >
          <SliderTrack className={styles.track}>
            {({ state }) => (
              <>
                <span className={styles.filled} style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
                <SliderThumb id={id} className={styles.thumb} />
              </>
            )}
          </SliderTrack>
        </Slider>
        <NumberField
          label={`${label}, exact`}
          labels="hidden"
          value={shown}
          onChange={onChange}
          min={min}
          max={max}
          step={step}
          integer={integer}
          exclusiveMin={exclusiveMin}
          scale={scale}
          error={error}
          disabled={disabled}
        />
      </div>
    </FieldFrame>
  );
}

// What the measured health of layers means: which of them do well, which are to be watched, and which hardly learn or have died. Pure; the numbers
// come from compile/programs/health.ts. Gradients are compared between the layers of a network, since their own size depends on the loss and the batch.

/** Of one layer, over one batch. */
export interface LayerHealth {
  /** The standard deviation of a unit's output between samples. */
  readonly spread: number;
  /** The share of units that give the same for every sample: 0 to 1. */
  readonly still: number;
  /** The root mean square of the gradient of its weights. */
  readonly gradient: number;
}
/** By the layer's id in the laid open network, in the order of computation. */
export type NetworkHealth = Readonly<Record<string, LayerHealth>>;

/** So many samples are looked at: enough for a unit to differ, few enough to cost less than a step of usual size. */
export const healthSamples = 64;

export type HealthState = 'healthy' | 'watch' | 'ill';
export interface HealthVerdict {
  readonly activation: HealthState;
  readonly gradient: HealthState;
}

/** Shares of still units from which a layer is watched, and from which it is ill. */
export const stillLimits = { watch: 0.5, ill: 0.8 } as const;
/** A gradient so many times smaller than the largest of the network. */
export const smallerLimits = { watch: 100, ill: 1000 } as const;
/** A gradient beyond this moves weights of usual size by more than themselves at usual rates. */
const EXPLODES = { watch: 10, ill: 1000 } as const;

const rank = (value: number, { watch, ill }: { readonly watch: number; readonly ill: number }): HealthState =>
  value >= ill ? 'ill' : value >= watch ? 'watch' : 'healthy';
const worse = (a: HealthState, b: HealthState): HealthState => (a === 'ill' || b === 'ill' ? 'ill' : a === 'watch' ? a : b);

export const largestGradient = (health: NetworkHealth): number => Math.max(0, ...Object.values(health).map(({ gradient }) => gradient));

/** How many times smaller a gradient is than the largest of the network. Where all are 0 the network has nothing left to learn (a perceptron that is right): 1. */
export const timesSmaller = (gradient: number, largest: number): number => (largest === 0 ? 1 : largest / gradient);

/** How a layer does among the others of its network. */
export function verdictOf({ still, gradient }: LayerHealth, largest: number): HealthVerdict {
  return { activation: rank(still, stillLimits), gradient: worse(rank(timesSmaller(gradient, largest), smallerLimits), rank(gradient, EXPLODES)) };
}

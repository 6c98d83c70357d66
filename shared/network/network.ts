// The document: a network as nodes and edges. Plain JSON, knows no canvas library. `id`s are stable, names are the user's.

import { z } from 'zod';

export const nodeSchema = z.object({
  id: z.string().min(1).max(64),
  /** A layer's id (`conv2d`). One that is not in the list is kept and shown as a problem. */
  kind: z.string().min(1).max(64),
  /** Unique in the network; weights and exports are named by it. */
  name: z.string().min(1).max(64),
  /** By field of the layer; missing ones take the default. */
  parameters: z.record(z.string(), z.unknown()),
  position: z.object({ x: z.number(), y: z.number() }),
});
export const edgeSchema = z.object({
  id: z.string().min(1).max(64),
  source: z.string(),
  target: z.string(),
  /** The place among the target's inputs, from 0; always 0 but at merging layers. */
  input: z.int().min(0).max(1000),
});
export const networkSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(100),
  nodes: z.array(nodeSchema).max(10_000),
  edges: z.array(edgeSchema).max(50_000),
  /** A safetensors file beside the project with weights to start from, as an import leaves it; its name alone. */
  weights: z.string().min(1).max(255).optional(),
});
export type NetworkNode = z.infer<typeof nodeSchema>;
export type NetworkEdge = z.infer<typeof edgeSchema>;
export type Network = z.infer<typeof networkSchema>;
